package kubernetes

import (
	"context"
	"errors"
	"fmt"
	"time"

	authorizationv1 "k8s.io/api/authorization/v1"
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

// grant creates the namespace of the Options' role, and binds the role to the user Limited.
func (s *Server) grant(ctx context.Context, manifest string) error {
	role := &rbacv1.Role{}
	if err := yaml.UnmarshalStrict([]byte(manifest), role); err != nil {
		return fmt.Errorf("reading the role: %w", err)
	}
	namespace := &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: role.Namespace}}
	if _, err := s.direct.CoreV1().Namespaces().Create(ctx, namespace, metav1.CreateOptions{}); err != nil {
		return fmt.Errorf("making the namespace %s: %w", role.Namespace, err)
	}
	roles := s.direct.RbacV1()
	if _, err := roles.Roles(role.Namespace).Create(ctx, role, metav1.CreateOptions{}); err != nil {
		return fmt.Errorf("making the role %s: %w", role.Name, err)
	}
	_, err := roles.RoleBindings(role.Namespace).Create(ctx, &rbacv1.RoleBinding{
		ObjectMeta: metav1.ObjectMeta{Name: role.Name},
		RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "Role", Name: role.Name},
		Subjects:   []rbacv1.Subject{{APIGroup: rbacv1.GroupName, Kind: "User", Name: Limited}},
	}, metav1.CreateOptions{})
	if err != nil {
		return fmt.Errorf("binding the role %s: %w", role.Name, err)
	}
	s.role = role
	return s.awaitRole(ctx, true)
}

// Restrict removes all verbs that write from the role of the Options, or adds them again.
func (s *Server) Restrict(ctx context.Context, readOnly bool) error {
	if s.role == nil {
		return errors.New("the administrator cannot be restricted: give Options.Role")
	}
	role := s.role.DeepCopy()
	if readOnly {
		for i := range role.Rules {
			role.Rules[i].Verbs = []string{"get", "list", "watch"}
		}
	}
	if _, err := s.direct.RbacV1().Roles(role.Namespace).Update(ctx, role, metav1.UpdateOptions{}); err != nil {
		return fmt.Errorf("changing the role %s: %w", role.Name, err)
	}
	return s.awaitRole(ctx, !readOnly)
}

// awaitRole waits until the role has taken effect: RBAC sees a change a moment later.
func (s *Server) awaitRole(ctx context.Context, mayCreate bool) error {
	limited, err := s.Client(LimitedToken)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, startup)
	defer cancel()
	for {
		review, err := limited.AuthorizationV1().SelfSubjectAccessReviews().Create(ctx,
			&authorizationv1.SelfSubjectAccessReview{Spec: authorizationv1.SelfSubjectAccessReviewSpec{
				ResourceAttributes: &authorizationv1.ResourceAttributes{
					Namespace: s.role.Namespace, Verb: "create", Resource: s.role.Rules[0].Resources[0],
				},
			}}, metav1.CreateOptions{})
		if err != nil {
			return fmt.Errorf("asking what the user may do: %w", err)
		}
		if review.Status.Allowed == mayCreate {
			return nil
		}
		time.Sleep(startup / 1000)
	}
}
