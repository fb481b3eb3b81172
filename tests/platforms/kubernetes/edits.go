package kubernetes

import (
	"context"
	"fmt"
	"strings"

	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// The kinds in identities.
const (
	secretKind    = "Secret"
	configMapKind = "ConfigMap"
)

// Secrets returns the values of all Secrets and ConfigMaps outside kube-system, which contains the cluster's own.
func (s *Server) Secrets(ctx context.Context) (map[string]string, error) {
	values := map[string]string{}
	outside := metav1.ListOptions{FieldSelector: "metadata.namespace!=" + metav1.NamespaceSystem}
	secrets, err := s.direct.CoreV1().Secrets("").List(ctx, outside)
	if err != nil {
		return nil, fmt.Errorf("listing the secrets: %w", err)
	}
	for _, secret := range secrets.Items {
		for key, value := range secret.Data {
			values[identity(secret.ObjectMeta, secretKind, key)] = string(value)
		}
	}
	maps, err := s.direct.CoreV1().ConfigMaps("").List(ctx, outside)
	if err != nil {
		return nil, fmt.Errorf("listing the config maps: %w", err)
	}
	for _, configMap := range maps.Items {
		for key, value := range configMap.Data {
			values[identity(configMap.ObjectMeta, configMapKind, key)] = value
		}
	}
	return values, nil
}

func identity(object metav1.ObjectMeta, kind, key string) string {
	return strings.Join([]string{Name, object.Namespace, kind, object.Name, key}, "/")
}

// Put sets one key of a Secret or ConfigMap, and creates the object if necessary.
func (s *Server) Put(ctx context.Context, identity, value string) error {
	at, err := split(identity)
	if err != nil {
		return err
	}
	meta := metav1.ObjectMeta{Name: at.name, Namespace: at.namespace}
	if at.kind == secretKind {
		secrets := s.direct.CoreV1().Secrets(at.namespace)
		found, err := secrets.Get(ctx, at.name, metav1.GetOptions{})
		if apierrors.IsNotFound(err) {
			_, err = secrets.Create(ctx, &corev1.Secret{ObjectMeta: meta, StringData: map[string]string{at.key: value}},
				metav1.CreateOptions{})
		} else if err == nil {
			found.StringData = map[string]string{at.key: value}
			_, err = secrets.Update(ctx, found, metav1.UpdateOptions{})
		}
		return wrap("writing", identity, err)
	}
	configMaps := s.direct.CoreV1().ConfigMaps(at.namespace)
	found, err := configMaps.Get(ctx, at.name, metav1.GetOptions{})
	if apierrors.IsNotFound(err) {
		_, err = configMaps.Create(ctx, &corev1.ConfigMap{ObjectMeta: meta, Data: map[string]string{at.key: value}},
			metav1.CreateOptions{})
	} else if err == nil {
		if found.Data == nil {
			found.Data = map[string]string{}
		}
		found.Data[at.key] = value
		_, err = configMaps.Update(ctx, found, metav1.UpdateOptions{})
	}
	return wrap("writing", identity, err)
}

// Delete removes one key of a Secret or ConfigMap. With the last key it deletes the object.
func (s *Server) Delete(ctx context.Context, identity string) error {
	at, err := split(identity)
	if err != nil {
		return err
	}
	if at.kind == secretKind {
		secrets := s.direct.CoreV1().Secrets(at.namespace)
		found, err := secrets.Get(ctx, at.name, metav1.GetOptions{})
		if err != nil {
			return wrap("deleting", identity, err)
		}
		if delete(found.Data, at.key); len(found.Data) == 0 {
			return wrap("deleting", identity, secrets.Delete(ctx, at.name, metav1.DeleteOptions{}))
		}
		_, err = secrets.Update(ctx, found, metav1.UpdateOptions{})
		return wrap("deleting", identity, err)
	}
	configMaps := s.direct.CoreV1().ConfigMaps(at.namespace)
	found, err := configMaps.Get(ctx, at.name, metav1.GetOptions{})
	if err != nil {
		return wrap("deleting", identity, err)
	}
	if delete(found.Data, at.key); len(found.Data) == 0 {
		return wrap("deleting", identity, configMaps.Delete(ctx, at.name, metav1.DeleteOptions{}))
	}
	_, err = configMaps.Update(ctx, found, metav1.UpdateOptions{})
	return wrap("deleting", identity, err)
}

func wrap(doing, identity string, err error) error {
	if err != nil {
		return fmt.Errorf("%s %s: %w", doing, identity, err)
	}
	return nil
}

// address contains the parts of an identity.
type address struct{ namespace, kind, name, key string }

func split(identity string) (address, error) {
	parts := strings.Split(identity, "/")
	if len(parts) != 5 || parts[0] != Name || parts[2] != secretKind && parts[2] != configMapKind {
		return address{}, fmt.Errorf("%s is not %s/namespace/Secret or ConfigMap/name/key", identity, Name)
	}
	return address{namespace: parts[1], kind: parts[2], name: parts[3], key: parts[4]}, nil
}
