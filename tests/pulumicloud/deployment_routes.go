package pulumicloud

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	cloudtype "github.com/pulumi/pulumi-cloud-sdk/go/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
)

func fmtURL(base string, parts ...any) string {
	texts := make([]string, len(parts))
	for i, part := range parts {
		texts[i] = fmt.Sprint(part)
	}
	return base + "/" + strings.Join(texts, "/")
}

func (s *Server) createDeployment(c *call) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	var sent tree
	if err := errors.Join(c.decodeStrictly(&cloudtype.CreateDeploymentRequest{}), c.decode(&sent)); err != nil {
		return nil, err
	}
	request, err := s.deploymentRequest(st, sent)
	if err != nil {
		return nil, err
	}
	initiator := c.r.Header.Get("X-Pulumi-Deployment-Initiator")
	if initiator == "" {
		initiator = "api"
	}
	d, err := s.enqueue(st, request, c.who, initiator)
	if err != nil {
		return nil, err
	}
	return withStatus(http.StatusAccepted, object{"id": d.id, "version": d.version, "consoleUrl": s.consoleURL(d)})
}

// deploymentOf returns the deployment in the URL, which contains its ID or version.
func (s *Server) deploymentOf(c *call) (*deployment, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	for _, d := range st.deployments {
		if d.id == c.vars["deployment"] || strconv.Itoa(d.version) == c.vars["version"] {
			return d, nil
		}
	}
	return nil, notFound("Deployment '%s%s' not found", c.vars["deployment"], c.vars["version"])
}

func (s *Server) getDeployment(c *call) (any, error) {
	d, err := s.deploymentOf(c)
	if err != nil {
		return nil, err
	}
	answer := d.answer()
	if len(d.jobs()) > 0 {
		answer["jobs"] = d.jobs()
	}
	answer["latestVersion"] = len(d.stack.deployments)
	answer["configuration"] = d.configuration()
	return answer, nil
}

// answer contains the fields that every view of a deployment has.
func (d *deployment) answer() object {
	return object{
		"id": d.id, "version": d.version, "status": d.status, "created": timestamp(d.created),
		"modified": timestamp(d.modified), "pulumiOperation": d.request.operation, "initiator": d.initiator,
		"requestedBy": requester(d.who.login()),
	}
}

// listed is a deployment in a list.
func (d *deployment) listed() object {
	updates := []object{}
	for _, u := range d.listedUpdates() {
		updates = append(updates, object{
			"id": u.id, "updateID": u.id, "version": u.version, "kind": u.kind, "result": u.result(),
			"startTime": u.start.Unix(), "endTime": u.end.Unix(), "message": u.request.Metadata.Message,
			"environment": u.request.Metadata.Environment,
		})
	}
	answer := d.answer()
	answer["projectName"], answer["stackName"] = d.stack.name.project, d.stack.name.stack
	answer["paused"], answer["updates"], answer["jobs"] = d.stack.paused, updates, d.jobs()
	return answer
}

// jobs lists the only job of a deployment that has started.
func (d *deployment) jobs() []object {
	if d.started.IsZero() {
		return []object{}
	}
	steps := []object{}
	for _, st := range d.steps {
		last := st.finished
		if last.IsZero() {
			last = st.started
		}
		steps = append(steps, object{"name": st.name, "status": st.status, "started": st.started, "lastUpdated": last})
	}
	return []object{{"status": d.status, "started": d.started, "lastUpdated": d.modified, "steps": steps}}
}

// configuration shows what a deployment ran with, without secrets.
func (d *deployment) configuration() object {
	settings, err := d.request.settings.settings()
	variables := []object{}
	if err == nil && settings.Operation != nil {
		for name, value := range settings.Operation.EnvironmentVariables {
			secret := value.Secret || value.Ciphertext != ""
			shown := value.Value
			if secret {
				shown = ""
			}
			variables = append(variables, object{"name": name, "secret": secret, "value": shown})
		}
		slices.SortFunc(variables, func(a, b object) int {
			return strings.Compare(fmt.Sprint(a["name"]), fmt.Sprint(b["name"]))
		})
	}
	answer := object{"environmentVariables": variables}
	if git := sourceOf(settings); git != nil {
		answer["source"] = cloudtype.DeploymentSource{Git: &cloudtype.DeploymentSourceGit{
			RepoURL: git.RepoURL, Branch: git.Branch, RepoDir: git.RepoDir, Commit: git.Commit,
		}}
	}
	return answer
}

// listedUpdates omits the preview before an update, unless there was no update.
func (d *deployment) listedUpdates() []*update {
	wet := slices.DeleteFunc(slices.Clone(d.updates), func(u *update) bool { return u.dryRun })
	if len(wet) > 0 {
		return wet
	}
	operation := d.request.operation
	if operation == apitype.Preview || operation == apitype.DetectDrift || d.done() {
		return d.updates
	}
	return nil
}

func (s *Server) listDeployments(c *call) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	return listPage(c, st.deployments)
}

func (s *Server) listOrgDeployments(c *call) (any, error) {
	if _, err := s.requireOrg(c); err != nil {
		return nil, err
	}
	var all []*deployment
	for _, st := range s.cloud.stacks {
		if c.who.requireStack(st) == nil {
			all = append(all, st.deployments...)
		}
	}
	slices.SortStableFunc(all, func(a, b *deployment) int { return a.created.Compare(b.created) })
	return listPage(c, all)
}

// listPage returns a page of deployments, newest first unless the query has asc.
func listPage(c *call, all []*deployment) (any, error) {
	query := c.r.URL.Query()
	for _, name := range []string{"page", "pageSize"} {
		n, err := strconv.Atoi(query.Get(name))
		if query.Has(name) && (err != nil || n < 1 || name == "pageSize" && n > 100) {
			return nil, badRequest("Invalid query parameter %s", name)
		}
	}
	size := c.number("pageSize", 10)
	ordered := slices.Clone(all)
	if !c.flag("asc") {
		slices.Reverse(ordered)
	}
	list := []object{}
	for _, d := range page(ordered, c.number("page", 1), size) {
		list = append(list, d.listed())
	}
	return object{"deployments": list, "itemsPerPage": size, "total": len(all)}, nil
}

func (s *Server) deploymentUpdates(c *call) (any, error) {
	d, err := s.deploymentOf(c)
	if err != nil {
		return nil, err
	}
	list := []object{}
	for _, u := range d.listedUpdates() {
		list = append(list, object{
			"updateID": u.id, "version": u.version, "latestVersion": d.stack.version, "info": u.info(),
			"requestedBy": requester(u.author),
		})
	}
	return list, nil
}

func (s *Server) cancelDeploymentCall(c *call) (any, error) {
	d, err := s.deploymentOf(c)
	if err != nil {
		return nil, err
	}
	if d.done() {
		return nil, notFound("Queued Deployment '%s' not found: it is %s", d.id, d.status)
	}
	s.cancelDeployment(d)
	return reply{status: http.StatusOK}, nil
}

// pauseDeployments returns the handler that pauses or resumes the queue of a stack.
func (s *Server) pauseDeployments(paused bool) handler {
	return func(c *call) (any, error) {
		st, err := s.stackOf(c)
		if err != nil {
			return nil, err
		}
		if st.settings == nil {
			return nil, badRequest(errNoSettings)
		}
		st.paused = paused
		s.pump(st)
		s.notify()
		return reply{status: http.StatusOK}, nil
	}
}

// pauseOrganization returns the handler that pauses or resumes all queues.
func (s *Server) pauseOrganization(paused bool) handler {
	return func(c *call) (any, error) {
		if _, err := s.requireOrg(c); err != nil {
			return nil, err
		}
		if err := c.who.requireUser("pause deployments"); err != nil {
			return nil, err
		}
		s.cloud.paused = paused
		for _, st := range s.cloud.stacks {
			s.pump(st)
		}
		s.notify()
		return reply{status: http.StatusOK}, nil
	}
}

func (s *Server) deploymentsMetadata(c *call) (any, error) {
	st, err := s.stackOf(c)
	if err != nil {
		return nil, err
	}
	return object{
		"paused": st.paused || s.cloud.paused, "stackPaused": st.paused, "organizationPaused": s.cloud.paused,
		"hasSchedules": len(st.schedules) > 0,
	}, nil
}
