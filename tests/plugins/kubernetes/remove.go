package kubernetes

import (
	"context"
	"fmt"

	"k8s.io/apimachinery/pkg/api/errors"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/watch"
)

// remove deletes an object in the foreground, and waits until it is gone. Like the provider it lists and watches all
// objects of the kind in the namespace, which a role with the object's name cannot allow. If the server refuses that,
// the provider hangs, and the stand-in fails.
func (c *cluster) remove(ctx context.Context, k kind, id string) error {
	namespace, name := splitID(id)
	objects := c.objects(k, namespace)
	foreground := metav1.DeletePropagationForeground
	err := objects.Delete(ctx, name, metav1.DeleteOptions{PropagationPolicy: &foreground})
	if errors.IsNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	list, err := objects.List(ctx, metav1.ListOptions{})
	if err != nil {
		return fmt.Errorf("the provider would hang, as it may not list what is left: %w", err)
	}
	events, err := objects.Watch(ctx, metav1.ListOptions{ResourceVersion: list.GetResourceVersion()})
	if err != nil {
		return fmt.Errorf("the provider would hang, as it may not watch what is left: %w", err)
	}
	defer events.Stop()
	left := false
	for _, object := range list.Items {
		left = left || object.GetName() == name
	}
	for left {
		event, ok := <-events.ResultChan()
		if !ok {
			return fmt.Errorf("the server ended the watch before the object was gone")
		}
		object, isObject := event.Object.(metav1.Object)
		left = !isObject || event.Type != watch.Deleted || object.GetName() != name
	}
	return nil
}
