package kubernetes

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	kubernetesclient "k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
)

// TestServer starts one server for all its tests, because a start takes seconds.
func TestServer(t *testing.T) {
	t.Parallel()
	s, err := Start(t.Context(), Options{})
	require.NoError(t, err)
	t.Cleanup(func() { assert.NoError(t, s.Close()) })
	client, err := s.Client(AdminToken)
	require.NoError(t, err)

	t.Run("it is Kubernetes", func(t *testing.T) { testVersion(t, client) })
	t.Run("a secret lives", func(t *testing.T) { testLife(t, s, client) })
	t.Run("a deletion in the foreground ends", func(t *testing.T) { testForeground(t, client) })
	t.Run("what Kubernetes refuses is refused", func(t *testing.T) { testRefusals(t, client) })
	t.Run("roles limit a user", func(t *testing.T) { testRoles(t, s, client) })
	t.Run("edits behind the program's back do not count", func(t *testing.T) { testEdits(t, s) })
	t.Run("close ends both servers", func(t *testing.T) {
		require.NoError(t, s.Close())
		assert.False(t, s.api.Running())
		assert.False(t, s.etcd.Running())
		assert.NoDirExists(t, s.root)
	})
}

func testVersion(t *testing.T, client *kubernetesclient.Clientset) {
	version, err := client.Discovery().ServerVersion()
	require.NoError(t, err)
	assert.Equal(t, "v1.36.3", version.GitVersion)
}

func testLife(t *testing.T, s *Server, client *kubernetesclient.Clientset) {
	secrets := client.CoreV1().Secrets("default")
	before := s.Writes()
	made, err := secrets.Create(t.Context(), &corev1.Secret{
		ObjectMeta: metav1.ObjectMeta{Name: "db"}, StringData: map[string]string{"password": "päss"},
	}, metav1.CreateOptions{})
	require.NoError(t, err)
	assert.Equal(t, corev1.SecretTypeOpaque, made.Type)
	_, err = secrets.Create(t.Context(), &corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: "dry"}},
		metav1.CreateOptions{DryRun: []string{metav1.DryRunAll}})
	require.NoError(t, err)
	stale := made.DeepCopy()
	made.Data["user"] = []byte("app")
	_, err = secrets.Update(t.Context(), made, metav1.UpdateOptions{})
	require.NoError(t, err)
	stale.Data["user"] = []byte("other")
	_, err = secrets.Update(t.Context(), stale, metav1.UpdateOptions{})
	assert.True(t, apierrors.IsConflict(err), "%v", err)
	assert.Equal(t, before+3, s.Writes(), "a refused write counts, a dry run does not")

	values, err := s.Secrets(t.Context())
	require.NoError(t, err)
	assert.Equal(t, map[string]string{
		"kubernetes/default/Secret/db/password": "päss", "kubernetes/default/Secret/db/user": "app",
	}, values)
	require.NoError(t, secrets.Delete(t.Context(), "db", metav1.DeleteOptions{}))
	_, err = secrets.Get(t.Context(), "db", metav1.GetOptions{})
	assert.True(t, apierrors.IsNotFound(err), "%v", err)
}

// The published provider deletes in the foreground, and waits until the object is gone. A finalizer of somebody else
// still blocks the deletion.
func testForeground(t *testing.T, client *kubernetesclient.Clientset) {
	foreground := metav1.DeletePropagationForeground
	secrets, configMaps := client.CoreV1().Secrets("default"), client.CoreV1().ConfigMaps("default")
	const theirs = "example.com/theirs"
	_, err := secrets.Create(t.Context(), &corev1.Secret{
		ObjectMeta: metav1.ObjectMeta{Name: "gone", Finalizers: []string{theirs}},
	}, metav1.CreateOptions{})
	require.NoError(t, err)
	_, err = configMaps.Create(t.Context(), &corev1.ConfigMap{ObjectMeta: metav1.ObjectMeta{Name: "gone"}},
		metav1.CreateOptions{})
	require.NoError(t, err)
	deletion := metav1.DeleteOptions{PropagationPolicy: &foreground}
	require.NoError(t, secrets.Delete(t.Context(), "gone", deletion))
	require.NoError(t, configMaps.Delete(t.Context(), "gone", deletion))
	require.EventuallyWithT(t, func(c *assert.CollectT) {
		_, err := configMaps.Get(t.Context(), "gone", metav1.GetOptions{})
		assert.True(c, apierrors.IsNotFound(err), "%v", err)
		held, err := secrets.Get(t.Context(), "gone", metav1.GetOptions{})
		require.NoError(c, err)
		assert.Equal(c, []string{theirs}, held.Finalizers)
	}, startup, startup/1000)
	_, err = secrets.Patch(t.Context(), "gone", types.MergePatchType, []byte(`{"metadata": {"finalizers": null}}`),
		metav1.PatchOptions{})
	require.NoError(t, err)
	_, err = secrets.Get(t.Context(), "gone", metav1.GetOptions{})
	assert.True(t, apierrors.IsNotFound(err), "%v", err)
}

func testRefusals(t *testing.T, client *kubernetesclient.Clientset) {
	for name, secret := range map[string]*corev1.Secret{
		"a name": {ObjectMeta: metav1.ObjectMeta{Name: "DB_1"}},
		"a key":  {ObjectMeta: metav1.ObjectMeta{Name: "db"}, StringData: map[string]string{"a/b": "v"}},
		"a size": {
			ObjectMeta: metav1.ObjectMeta{Name: "db"},
			StringData: map[string]string{"a": strings.Repeat("x", 1<<20+1)},
		},
	} {
		_, err := client.CoreV1().Secrets("default").Create(t.Context(), secret, metav1.CreateOptions{})
		assert.True(t, apierrors.IsInvalid(err), "%s: %v", name, err)
	}
	_, err := client.CoreV1().Secrets("absent").Create(t.Context(),
		&corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: "db"}}, metav1.CreateOptions{})
	assert.True(t, apierrors.IsNotFound(err), "%v", err)
}

func testRoles(t *testing.T, s *Server, admin *kubernetesclient.Clientset) {
	config, err := clientcmd.BuildConfigFromFlags("", s.Kubeconfig(LimitedToken))
	require.NoError(t, err)
	limited, err := kubernetesclient.NewForConfig(config)
	require.NoError(t, err)
	_, err = limited.CoreV1().Secrets("default").List(t.Context(), metav1.ListOptions{})
	assert.True(t, apierrors.IsForbidden(err), "%v", err)

	meta := metav1.ObjectMeta{Name: "reader"}
	_, err = admin.RbacV1().Roles("default").Create(t.Context(), &rbacv1.Role{ObjectMeta: meta, Rules: []rbacv1.PolicyRule{
		{APIGroups: []string{""}, Resources: []string{"secrets"}, Verbs: []string{"list"}},
	}}, metav1.CreateOptions{})
	require.NoError(t, err)
	_, err = admin.RbacV1().RoleBindings("default").Create(t.Context(), &rbacv1.RoleBinding{
		ObjectMeta: meta, RoleRef: rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "Role", Name: "reader"},
		Subjects: []rbacv1.Subject{{APIGroup: rbacv1.GroupName, Kind: "User", Name: Limited}},
	}, metav1.CreateOptions{})
	require.NoError(t, err)
	// RBAC sees new bindings a moment later.
	require.EventuallyWithT(t, func(c *assert.CollectT) {
		_, err := limited.CoreV1().Secrets("default").List(t.Context(), metav1.ListOptions{})
		assert.NoError(c, err)
	}, startup, startup/1000)
	_, err = limited.CoreV1().Secrets("default").Create(t.Context(),
		&corev1.Secret{ObjectMeta: metav1.ObjectMeta{Name: "db"}}, metav1.CreateOptions{})
	assert.True(t, apierrors.IsForbidden(err), "%v", err)
	stranger, err := s.Client("guessed")
	require.NoError(t, err)
	_, err = stranger.CoreV1().Secrets("default").List(t.Context(), metav1.ListOptions{})
	assert.True(t, apierrors.IsUnauthorized(err), "%v", err)
}

func testEdits(t *testing.T, s *Server) {
	before := s.Writes()
	for _, object := range []string{
		"kubernetes/default/Secret/out-of-band/", "kubernetes/default/ConfigMap/out-of-band/",
	} {
		require.NoError(t, s.Put(t.Context(), object+"a", "1"))
		require.NoError(t, s.Put(t.Context(), object+"b", "2"))
		require.NoError(t, s.Put(t.Context(), object+"a", "3"))
		values, err := s.Secrets(t.Context())
		require.NoError(t, err)
		assert.Equal(t, map[string]string{object + "a": "3", object + "b": "2"}, values)
		require.NoError(t, s.Delete(t.Context(), object+"a"))
		require.NoError(t, s.Delete(t.Context(), object+"b"))
		require.Error(t, s.Delete(t.Context(), object+"b"))
	}
	values, err := s.Secrets(t.Context())
	require.NoError(t, err)
	assert.Empty(t, values)
	require.Error(t, s.Put(t.Context(), "kubernetes/default/Pod/a/b", "v"))
	assert.Equal(t, before, s.Writes())
}

func TestAWrongProgramIsAnErrorWithItsOutput(t *testing.T) {
	t.Parallel()
	_, err := Start(t.Context(), Options{APIServer: "/bin/false", Etcd: "/bin/false"})
	require.ErrorContains(t, err, "false ended before it was ready")
}
