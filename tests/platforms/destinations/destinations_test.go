package destinations

import (
	"context"
	"fmt"
	"os"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	apply "k8s.io/client-go/applyconfigurations/core/v1"

	"github.com/escsync/pulumi-escsync/tests/destinations"
	"github.com/escsync/pulumi-escsync/tests/harness"
	"github.com/escsync/pulumi-escsync/tests/platforms"
	"github.com/escsync/pulumi-escsync/tests/platforms/kubernetes"
)

func TestMain(m *testing.M) {
	if _, err := harness.FindTools(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

func TestLifeOfADestination(t *testing.T) {
	t.Parallel()
	destinations.EachRow(t, true, destinations.Live)
}

func TestAnotherSyncsSecretsStay(t *testing.T) {
	t.Parallel()
	destinations.EachRow(t, true, destinations.Adopted)
}

func TestNothingIsDeletedElsewhere(t *testing.T) {
	t.Parallel()
	destinations.EachRow(t, true, destinations.Elsewhere)
}

func TestDeletionLimitOfADestination(t *testing.T) {
	t.Parallel()
	destinations.EachRow(t, true, destinations.DeletionLimit)
}

func TestBytesOfADestination(t *testing.T) {
	t.Parallel()
	destinations.Bytes(t, destinations.RowOf(t, "kubernetes Secret"))
}

func TestPatternFormOfADefinition(t *testing.T) {
	t.Parallel()
	destinations.EachRow(t, true, destinations.PatternForm)
}

func TestEveryScopeAndMapping(t *testing.T) {
	t.Parallel()
	destinations.Pushed(t, destinations.Listed(true))
}

// Another field manager takes over a key by force, and adds one of its own. Without patchForce the next apply is a
// conflict.
func TestEditedByAnotherFieldManager(t *testing.T) {
	t.Parallel()
	row := destinations.RowOf(t, "kubernetes Secret")
	destinations.Edited(t, row, func(ctx context.Context, platform platforms.Platform) (map[string]string, error) {
		client, err := platform.(*kubernetes.Server).Client(kubernetes.AdminToken)
		if err != nil {
			return nil, err
		}
		object := apply.Secret("database", "shop").WithData(map[string][]byte{
			"user": []byte("edited elsewhere"), "theirs": []byte("kept"),
		})
		_, err = client.CoreV1().Secrets("shop").Apply(ctx, object,
			metav1.ApplyOptions{FieldManager: "somebody-else", Force: true})
		return map[string]string{"theirs": "kept"}, err
	})
}

// By default the published provider replaces a Secret whose value changes. The engine refuses that for an import.
func TestAReplacedSecret(t *testing.T) {
	t.Parallel()
	row := destinations.RowOf(t, "resource on Kubernetes")
	row.Start = func(ctx context.Context) (platforms.Platform, error) {
		return kubernetes.Start(ctx, kubernetes.Options{Role: kubernetes.EverySecret})
	}
	destinations.Replaced(t, row)
}
