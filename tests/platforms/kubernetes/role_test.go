package kubernetes

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
)

const manifest = `apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: escsync
  namespace: shop
rules:
  - apiGroups: [""]
    resources: [secrets]
    verbs: [create, get, delete]
`

func TestARoleLimitsProgramsAndCanBeRestricted(t *testing.T) {
	t.Parallel()
	s, err := Start(t.Context(), Options{Role: manifest})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, s.Close()) })
	assert.Equal(t, []string{"KUBECONFIG=" + s.Kubeconfig(LimitedToken)}, s.Environment())
	client, err := s.Client(LimitedToken)
	require.NoError(t, err)
	create := func(namespace, name string) error {
		_, err := client.CoreV1().Secrets(namespace).Create(t.Context(),
			&corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: name}}, metav1.CreateOptions{})
		return err
	}
	require.NoError(t, create("shop", "a"))
	assert.True(t, apierrors.IsForbidden(create("default", "a")))
	require.NoError(t, s.Restrict(t.Context(), true))
	assert.True(t, apierrors.IsForbidden(create("shop", "b")))
	_, err = client.CoreV1().Secrets("shop").Get(t.Context(), "a", metav1.GetOptions{})
	require.NoError(t, err)
	require.NoError(t, s.Restrict(t.Context(), false))
	require.NoError(t, create("shop", "b"))
}

func TestAWrongRoleIsAnError(t *testing.T) {
	t.Parallel()
	s := &Server{}
	require.ErrorContains(t, s.grant(t.Context(), "rules: nonsense"), "reading the role")
	require.ErrorContains(t, s.Restrict(t.Context(), true), "give Options.Role")
}
