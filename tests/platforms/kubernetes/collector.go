package kubernetes

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/apimachinery/pkg/watch"
)

// collect does the garbage collector's work for Secrets and ConfigMaps until ctx ends: it ends foreground deletions,
// which the published provider requests. Nothing owns anything here, so there are no dependents to wait for.
func (s *Server) collect(ctx context.Context) error {
	core := s.direct.CoreV1()
	for _, kind := range []collected{
		{core.Secrets("").Watch, func(namespace, name string, patch []byte) error {
			_, err := core.Secrets(namespace).Patch(ctx, name, types.MergePatchType, patch, metav1.PatchOptions{})
			return err
		}},
		{core.ConfigMaps("").Watch, func(namespace, name string, patch []byte) error {
			_, err := core.ConfigMaps(namespace).Patch(ctx, name, types.MergePatchType, patch, metav1.PatchOptions{})
			return err
		}},
	} {
		events, err := kind.watch(ctx, metav1.ListOptions{})
		if err != nil {
			return fmt.Errorf("watching what is deleted: %w", err)
		}
		go kind.run(ctx, events)
	}
	return nil
}

// collected is a kind of objects that the garbage collector watches.
type collected struct {
	watch func(context.Context, metav1.ListOptions) (watch.Interface, error)
	patch func(namespace, name string, patch []byte) error
}

// run ends deletions until ctx ends. The server closes every watch after a while. A new watch starts with all objects.
func (c collected) run(ctx context.Context, events watch.Interface) {
	for {
		for event := range events.ResultChan() {
			if object, ok := event.Object.(metav1.Object); ok && event.Type != watch.Deleted && waits(object) {
				// If an object has changed since, the event of that change follows.
				_ = c.patch(object.GetNamespace(), object.GetName(), withoutFinalizer(object))
			}
		}
		for {
			var err error
			if events, err = c.watch(ctx, metav1.ListOptions{}); err == nil {
				break
			}
			select {
			case <-ctx.Done():
				return
			case <-time.After(startup / 1000):
			}
		}
	}
}

// waits reports whether an object's deletion waits for the garbage collector.
func waits(object metav1.Object) bool {
	return object.GetDeletionTimestamp() != nil &&
		slices.Contains(object.GetFinalizers(), metav1.FinalizerDeleteDependents)
}

// withoutFinalizer returns the patch that removes the collector's finalizer from an object, if the object has not
// changed.
func withoutFinalizer(object metav1.Object) []byte {
	left := slices.DeleteFunc(slices.Clone(object.GetFinalizers()), func(name string) bool {
		return name == metav1.FinalizerDeleteDependents
	})
	patch, err := json.Marshal(map[string]any{"metadata": map[string]any{
		"finalizers": left, "resourceVersion": object.GetResourceVersion(),
	}})
	if err != nil {
		panic(err) // texts in maps
	}
	return patch
}
