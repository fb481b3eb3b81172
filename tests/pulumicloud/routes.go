package pulumicloud

import (
	"net/http"

	"github.com/gorilla/mux"
)

// Common prefixes of paths.
const (
	orgPath   = "/api/orgs/{org}"
	stackPath = "/api/stacks/{org}/{project}/{stack}"
	envsPath  = "/api/esc/environments"
	envPath   = envsPath + "/{org}/{project}/{env}"
)

// router registers every route. The first match wins, so literal paths precede those with variables.
func (s *Server) router() *mux.Router {
	r := mux.NewRouter()
	r.UseEncodedPath()
	routes := &routes{server: s, router: r}
	routes.account()
	routes.organization()
	routes.deployments()
	routes.stacks()
	routes.updates()
	routes.yaml()
	routes.environmentVersions()
	routes.environments()
	routes.approvals()
	unknown := s.serve(func(c *call) (any, error) {
		return nil, notFound("no route for %s %s", c.r.Method, c.r.URL.Path)
	})
	r.NotFoundHandler = unknown
	r.MethodNotAllowedHandler = unknown
	return r
}

type routes struct {
	server *Server
	router *mux.Router
}

func (r *routes) add(method, path string, h handler) {
	r.router.Handle(path, r.server.serve(h)).Methods(method)
}

func (r *routes) account() {
	s := r.server
	r.add("GET", "/api/user", s.getUser)
	r.add("GET", "/api/user/organizations/default", s.getDefaultOrganization)
	r.add("GET", "/api/user/stacks", s.listStacks)
	r.add("GET", "/api/capabilities", s.getCapabilities)
	r.add("GET", "/api/cli/version", s.getVersion)
}

func (r *routes) organization() {
	s := r.server
	r.hooks(orgPath)
	r.add("GET", orgPath+"/deployments", s.listOrgDeployments)
	r.add("POST", orgPath+"/deployments/pause", s.pauseOrganization(true))
	r.add("POST", orgPath+"/deployments/resume", s.pauseOrganization(false))
	r.add("GET", orgPath+"/roles", s.listRoles)
	r.add("POST", orgPath+"/teams/pulumi", s.createTeam)
	r.add("GET", orgPath+"/teams/{team}", s.getTeam)
	r.add("PATCH", orgPath+"/teams/{team}", s.patchTeam)
	r.add("DELETE", orgPath+"/teams/{team}", s.deleteTeam)
}

// hooks adds the webhook calls of one scope. A ping waits for its receiver, so it takes the lock itself.
func (r *routes) hooks(scope string) {
	s := r.server
	r.add("GET", scope+"/hooks", s.listHooks)
	r.add("POST", scope+"/hooks", s.createHook)
	r.add("GET", scope+"/hooks/{hook}", s.getHook)
	r.add("PATCH", scope+"/hooks/{hook}", s.updateHook)
	r.add("DELETE", scope+"/hooks/{hook}", s.deleteHook)
	r.add("GET", scope+"/hooks/{hook}/deliveries", s.listDeliveries)
	r.router.Handle(scope+"/hooks/{hook}/ping", s.serveUnlocked(s.pingHook)).Methods(http.MethodPost)
}

func (r *routes) deployments() {
	s, base := r.server, stackPath+"/deployments"
	r.add("GET", base, s.listDeployments)
	r.add("POST", base, s.createDeployment)
	r.add("GET", base+"/metadata", s.deploymentsMetadata)
	r.add("POST", base+"/pause", s.pauseDeployments(true))
	r.add("POST", base+"/resume", s.pauseDeployments(false))
	r.add("GET", base+"/settings", s.getSettings)
	r.add("PUT", base+"/settings", s.replaceSettings)
	r.add("POST", base+"/settings", s.mergeSettings)
	r.add("DELETE", base+"/settings", s.deleteSettings)
	r.add("POST", base+"/settings/encrypt", s.encryptSetting)
	r.add("POST", base+"/schedules", s.createSchedule(customSchedule))
	r.add("POST", base+"/schedules/{schedule}", s.updateSchedule(customSchedule))
	r.add("POST", base+"/drift/schedules", s.createSchedule(driftSchedule))
	r.add("POST", base+"/drift/schedules/{schedule}", s.updateSchedule(driftSchedule))
	r.add("GET", base+"/schedules", s.listSchedules)
	r.add("GET", base+"/schedules/{schedule}", s.getSchedule)
	r.add("DELETE", base+"/schedules/{schedule}", s.deleteSchedule)
	r.add("POST", base+"/schedules/{schedule}/pause", s.pauseSchedule(true))
	r.add("POST", base+"/schedules/{schedule}/resume", s.pauseSchedule(false))
	r.add("GET", base+"/schedules/{schedule}/history", s.scheduleHistory)
	r.add("GET", base+"/version/{version}", s.getDeployment)
	r.add("GET", base+"/{deployment}", s.getDeployment)
	r.add("GET", base+"/{deployment}/updates", s.deploymentUpdates)
	r.add("GET", base+"/{deployment}/logs", s.deploymentLogs)
	r.add("POST", base+"/{deployment}/cancel", s.cancelDeploymentCall)
	r.add("GET", stackPath+"/drift/status", s.driftStatus)
}

func (r *routes) stacks() {
	s := r.server
	r.add("HEAD", "/api/stacks/{org}/{project}", s.projectExists)
	r.add("POST", "/api/stacks/{org}/{project}", s.createStack)
	r.add("GET", stackPath, s.getStack)
	r.add("DELETE", stackPath, s.deleteStack)
	r.add("POST", stackPath+"/rename", s.renameStack)
	r.add("GET", stackPath+"/export", s.exportStack)
	r.add("GET", stackPath+"/export/{version}", s.exportStack)
	r.add("POST", stackPath+"/import", s.importStack)
	r.add("GET", stackPath+"/config", s.getConfig)
	r.add("PUT", stackPath+"/config", s.putConfig)
	r.add("DELETE", stackPath+"/config", s.deleteConfig)
	r.add("PATCH", stackPath+"/tags", s.replaceTags)
	r.add("POST", stackPath+"/tags", s.createTag)
	r.add("PATCH", stackPath+"/tags/{tag}", s.updateTag)
	r.add("DELETE", stackPath+"/tags/{tag}", s.deleteTag)
	r.add("POST", stackPath+"/encrypt", s.encryptValue)
	r.add("POST", stackPath+"/batch-encrypt", s.batchEncrypt)
	r.add("POST", stackPath+"/decrypt", s.decryptValue)
	r.add("POST", stackPath+"/batch-decrypt", s.batchDecrypt)
	r.add("POST", stackPath+"/decrypt/{log:log-decryption|log-batch-decryption}", s.accepted)
	r.hooks(stackPath)
}

func (r *routes) updates() {
	s, base := r.server, stackPath+"/{kind:update|preview|refresh|destroy}"
	r.add("GET", stackPath+"/updates", s.listUpdates)
	r.add("GET", stackPath+"/updates/{version}", s.getUpdateByVersion)
	r.add("POST", base, s.createUpdate)
	r.add("GET", base+"/{update}", s.getUpdate)
	r.add("POST", base+"/{update}", s.startUpdate)
	r.add("PATCH", base+"/{update}/checkpoint", s.patchCheckpoint)
	r.add("PATCH", base+"/{update}/journalentries", s.patchJournal)
	r.add("POST", base+"/{update}/events/batch", s.postEvents)
	r.add("POST", base+"/{update}/events", s.postEvent)
	r.add("GET", base+"/{update}/events", s.getEvents)
	r.add("POST", base+"/{update}/renew_lease", s.renewLease)
	r.add("POST", base+"/{update}/complete", s.completeUpdate)
	r.add("POST", base+"/{update}/cancel", s.cancelUpdate)
}

// yaml adds the calls on definitions that are not stored. No ESC project can be named yaml.
func (r *routes) yaml() {
	s := r.server
	r.add("POST", envsPath+"/{org}/yaml/check", s.checkYAML)
	r.add("POST", envsPath+"/{org}/yaml/open", s.openYAML)
	r.add("GET", envsPath+"/{org}/yaml/open/{session}", s.readSession)
}

func (r *routes) environmentVersions() {
	s := r.server
	r.add("GET", envPath+"/versions", s.listVersions)
	r.add("GET", envPath+"/versions/tags", s.listVersionTags)
	r.add("POST", envPath+"/versions/tags", s.createVersionTag)
	r.add("GET", envPath+"/versions/tags/{tag}", s.getVersionTag)
	r.add("PATCH", envPath+"/versions/tags/{tag}", s.updateVersionTag)
	r.add("DELETE", envPath+"/versions/tags/{tag}", s.deleteVersionTag)
	r.add("GET", envPath+"/versions/{version}", s.readEnvironment)
	r.add("POST", envPath+"/versions/{version}/check", s.checkEnvironment)
	r.add("GET", envPath+"/versions/{version}/decrypt", s.decryptEnvironment)
	r.add("POST", envPath+"/versions/{version}/open", s.openEnvironment)
}

func (r *routes) environments() {
	s := r.server
	r.add("GET", envsPath, s.listEnvironments)
	r.add("GET", envsPath+"/{org}", s.listEnvironments)
	r.add("POST", envsPath+"/{org}", s.createEnvironment)
	r.add("GET", envPath, s.readEnvironment)
	r.add("HEAD", envPath, s.headEnvironment)
	r.add("PATCH", envPath, s.updateEnvironment)
	r.add("DELETE", envPath, s.deleteEnvironment)
	r.add("GET", envPath+"/decrypt", s.decryptEnvironment)
	r.add("POST", envPath+"/check", s.checkEnvironment)
	r.add("GET", envPath+"/metadata", s.environmentMetadata)
	r.add("POST", envPath+"/open", s.openEnvironment)
	r.add("GET", envPath+"/open/{session}", s.readSession)
	r.add("GET", envPath+"/settings", s.getEnvironmentSettings)
	r.add("PATCH", envPath+"/settings", s.patchEnvironmentSettings)
	r.add("GET", envPath+"/tags", s.listEnvironmentTags)
	r.add("POST", envPath+"/tags", s.createEnvironmentTag)
	r.add("GET", envPath+"/tags/{tag}", s.getEnvironmentTag)
	r.add("PATCH", envPath+"/tags/{tag}", s.updateEnvironmentTag)
	r.add("DELETE", envPath+"/tags/{tag}", s.deleteEnvironmentTag)
	r.hooks(envPath)
}
