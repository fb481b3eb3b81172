package pulumicloud

import (
	"slices"
	"sort"
)

// eventGroups are the events that a hook can filter for, by group. They are from the CLI's webhook commands, and
// rotations from the pulumiservice provider.
var eventGroups = map[string][]string{
	"stacks": {
		"stack_created", "stack_deleted", "update_succeeded", "update_failed", "preview_succeeded", "preview_failed",
		"destroy_succeeded", "destroy_failed", "refresh_succeeded", "refresh_failed", "import_succeeded", "import_failed",
	},
	"deployments": {
		"deployment_queued", "deployment_started", "deployment_succeeded", "deployment_failed",
		"drift_detected", "drift_detection_succeeded", "drift_detection_failed",
		"drift_remediation_succeeded", "drift_remediation_failed", "deployment_file_ingestion_failed",
	},
	"policies": {"policy_violation_mandatory", "policy_violation_advisory"},
	"environments": {
		"environment_created", "environment_deleted",
		"environment_revision_created", "environment_revision_retracted",
		"environment_revision_tag_created", "environment_revision_tag_updated", "environment_revision_tag_deleted",
		"environment_tag_created", "environment_tag_updated", "environment_tag_deleted",
		"environment_rotation_succeeded", "environment_rotation_failed", "imported_environment_changed",
	},
	"change_requests": {
		"change_request_created", "change_request_updated", "change_request_submitted", "change_request_approved",
		"change_request_unapproved", "change_request_applied", "change_request_closed",
	},
}

// isEvent reports whether a filter names an event.
func isEvent(filter string) bool {
	for _, events := range eventGroups {
		if slices.Contains(events, filter) {
			return true
		}
	}
	return false
}

// event is an event that hooks can be notified of.
type event struct {
	kind       string // one of eventGroups' events
	headerKind string // value of the header Pulumi-Webhook-Kind
	payload    object
}

// wants reports whether a hook subscribes to an event. Without filters and groups, it subscribes to every event of its
// scope.
func (h *hook) wants(kind string) bool {
	if !h.active {
		return false
	}
	if len(h.filters) == 0 && len(h.groups) == 0 {
		return true
	}
	if slices.Contains(h.filters, kind) {
		return true
	}
	return slices.ContainsFunc(h.groups, func(group string) bool { return slices.Contains(eventGroups[group], kind) })
}

func (s *Server) publish(org string, hooks []*hook, e event) {
	e.payload["user"] = requester(userLogin)
	e.payload["organization"] = requester(org)
	for _, h := range slices.Concat(hooks, s.cloud.hooks) {
		if h.wants(e.kind) {
			s.deliver(h, e)
		}
	}
}

func (s *Server) publishStack(st *stack, kind, headerKind string, payload object) {
	payload["projectName"], payload["stackName"] = st.name.project, st.name.stack
	s.publish(st.name.org, st.hooks, event{kind: kind, headerKind: headerKind, payload: payload})
}

func (s *Server) publishEnvironment(env *environment, kind, headerKind string, payload object) {
	payload["projectName"], payload["environmentName"] = env.name.project, env.name.name
	s.publish(env.name.org, env.hooks, event{kind: kind, headerKind: headerKind, payload: payload})
}

// publishImporters notifies every environment that imports env, directly or not, in a version for which changed is
// true.
func (s *Server) publishImporters(env *environment, number int, changed func(version string) bool) {
	importers := []*environment{}
	affected := map[*environment][]int{}
	for _, other := range s.cloud.envs {
		if other == env {
			continue
		}
		for _, rev := range other.live() {
			if s.cloud.reaches(rev, env, changed, map[*revision]bool{}) {
				affected[other] = append(affected[other], rev.number)
			}
		}
		if len(affected[other]) > 0 {
			importers = append(importers, other)
		}
	}
	sort.Slice(importers, func(i, j int) bool { return importers[i].name.String() < importers[j].name.String() })
	for _, importer := range importers {
		s.publishEnvironment(importer, "imported_environment_changed", "imported_environment_changed", object{
			"action":            "updated",
			"affectedRevisions": affected[importer],
			"importedEnvironmentReference": object{
				"projectName": env.name.project, "environmentName": env.name.name, "revision": number,
			},
		})
	}
}

// live returns the revisions in use: the latest and the tagged ones.
func (e *environment) live() []*revision {
	numbers := []int{len(e.revisions)}
	for _, tag := range e.tags {
		numbers = append(numbers, tag.revision)
	}
	sort.Ints(numbers)
	var live []*revision
	for _, number := range slices.Compact(numbers) {
		live = append(live, e.revisions[number-1])
	}
	return live
}

// reaches reports whether a revision imports env, directly or not, in a version for which changed is true.
func (c *cloud) reaches(from *revision, env *environment, changed func(string) bool, seen map[*revision]bool) bool {
	if seen[from] {
		return false
	}
	seen[from] = true
	for _, text := range from.imports {
		ref, ok := parseEnvRef(env.name.org, text)
		if !ok {
			continue
		}
		if ref.name == env.name && changed(ref.version) {
			return true
		}
		if _, rev, err := c.resolve(ref); err == nil && c.reaches(rev, env, changed, seen) {
			return true
		}
	}
	return false
}
