package escsync

import (
	"github.com/pulumi/pulumi-go-provider/infer"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/escsync/pulumi-escsync/provider/escsync/inputs"
	"github.com/escsync/pulumi-escsync/provider/target"
)

// Args are the inputs of EscSync. They define the schema and its documentation.
//
// inputs.Complete has processed the values that reach the constructor: defaults are applied, and value, imports and
// environmentValues have become the definition.
type Args struct {
	Organization       pulumi.StringPtrInput         `pulumi:"organization,optional"`
	EnvironmentProject pulumi.StringPtrInput         `pulumi:"environmentProject,optional"`
	Name               pulumi.StringPtrInput         `pulumi:"name,optional"`
	EnvironmentName    pulumi.StringPtrInput         `pulumi:"environmentName,optional"`
	StackName          pulumi.StringPtrInput         `pulumi:"stackName,optional"`
	Imports            []pulumi.StringInput          `pulumi:"imports,optional"`
	Value              any                           `pulumi:"value,optional"`
	Definition         pulumi.StringPtrInput         `pulumi:"definition,optional"`
	EnvironmentValues  map[string]any                `pulumi:"environmentValues,optional"`
	Destination        *Destination                  `pulumi:"destination"`
	Schedule           pulumi.StringPtrInput         `pulumi:"schedule,optional"`
	OnChange           pulumi.BoolPtrInput           `pulumi:"onChange,optional"`
	Suspended          pulumi.BoolPtrInput           `pulumi:"suspended,optional"`
	InitialSync        *InitialSync                  `pulumi:"initialSync,optional"`
	Source             *Source                       `pulumi:"source,optional"`
	Deployment         *Deployment                   `pulumi:"deployment,optional"`
	DriftSchedule      *DriftSchedule                `pulumi:"driftSchedule,optional"`
	Notifications      []Notification                `pulumi:"notifications,optional"`
	Teams              []pulumi.StringInput          `pulumi:"teams,optional"`
	PulumiTags         map[string]pulumi.StringInput `pulumi:"pulumiTags,optional"`
	DeletionPolicy     *target.DeletionPolicy        `pulumi:"deletionPolicy,optional"`
	RetainKeys         []pulumi.StringInput          `pulumi:"retainKeys,optional"`
	AdoptionPolicy     *target.AdoptionPolicy        `pulumi:"adoptionPolicy,optional"`
	MaxDeletions       any                           `pulumi:"maxDeletions,optional"`
}

var _ infer.Annotated = (*Args)(nil)

// Annotate documents the inputs.
func (e *Args) Annotate(a infer.Annotator) {
	a.Describe(&e.Organization, "The Pulumi Cloud organization of the environment and of the target stack. Default: the "+
		"organization of the running program. Required if the program's state is in a backend without organizations.")
	a.Describe(&e.EnvironmentProject, "The ESC project of the environment.")
	a.SetDefault(&e.EnvironmentProject, inputs.DefaultProject)
	a.Describe(&e.Name, "The name of the environment and of the target stack: letters, digits, hyphens, underscores "+
		"and periods, at most 100. An existing environment or stack with that name is not adopted, so set it if two syncs "+
		"of a program have the same resource name below different components. A change creates a new environment and a "+
		"new target stack, and moves the secrets to it. Default: `<pulumi project>-<pulumi stack>-<resource name>`.")
	a.Describe(&e.EnvironmentName, "The name of the environment. A change creates a new environment. Default: `name`.")
	a.Describe(&e.StackName, "The name of the target stack. A change creates a new stack, and moves the secrets to it. "+
		"Default: `name`.")
	a.Describe(&e.Imports, "The environments that the values come from, as `project/environment`, with `@revision` or "+
		"`@tag` to pin one: `my-project/my-env@stable`. Do not pin an environment that rotates credentials: the pinned "+
		"revision keeps the old ones, which stop working after the next rotation.")
	a.Describe(&e.Value, "The value to push: a string, number or boolean, a list, or an object of any depth. Plain "+
		"strings may contain ESC interpolations such as `${db.password}` (in Pulumi YAML write `$${db.password}`, because "+
		"Pulumi YAML interpolates first); a string without `${` is pushed as it is. Secrets may be at any depth, stay "+
		"secret, and are never interpolated. Required, unless `definition` is given.")
	a.Describe(&e.Definition, "A whole ESC definition as text, instead of `imports`, `value` and `environmentValues`. "+
		"It needs a `sync` block, `values.sync.<destination>.{name,value}`. The value becomes one JSON secret on every "+
		"platform, unless `mapping` or `path` says otherwise. Default: built from the other three.")
	a.Describe(&e.EnvironmentValues, "Further values of the environment, in ESC's own syntax with its functions: login "+
		"providers (`fn::open::aws-login`), `environmentVariables`, `pulumiConfig`.")
	a.Describe(&e.Destination, "The platform to push to. Set exactly one.")
	a.Describe(&e.Schedule, "When the sync runs, in addition to changes: a cron expression of 5 fields in UTC, such "+
		"as `0 6 * * *`, or `off`. Default: hourly, at a minute derived from the resource's name, so that many syncs do "+
		"not run at once.")
	a.Describe(&e.OnChange, "Whether a change of the environment, or of one that it imports, starts the sync.")
	a.SetDefault(&e.OnChange, true)
	a.Describe(&e.Suspended, "Whether the sync is paused: it has no schedule and no drift schedule, its webhook is "+
		"inactive, and `pulumi up` starts no run. Secrets on the platform stay. When the pause ends, one run follows if "+
		"the definition or the settings have changed. Suspend first, then change: a change in the same `pulumi up` can "+
		"still start a run by the webhook. It must be known at preview.")
	a.SetDefault(&e.Suspended, false)
	a.Describe(&e.InitialSync, "The run that `pulumi up` starts and waits for: the first one, and one after every "+
		"change of the definition or of the deployment settings. Default: enabled.")
	a.Describe(&e.Source, "Where the target program comes from. Default: the program of this package, at the commit of "+
		"this release.")
	a.Describe(&e.Deployment, "Settings of the deployments that run the sync. Each has its own default.")
	a.Describe(&e.DriftSchedule, "A schedule on which Pulumi Cloud looks for manual changes on the platform, and can "+
		"undo them. Every run of the sync undoes them as well.")
	a.Describe(&e.Notifications, "Who is notified when a sync fails or drift is found. Default: nobody.")
	a.Describe(&e.Teams, "Teams that may open the environment. Required if a deployment's `accessToken` belongs to a "+
		"team. Imported environments need their own grants.")
	a.Describe(&e.PulumiTags, "Tags of the environment and of the target stack in Pulumi Cloud, in addition to "+
		"`escsync:sync` and `escsync:version`, which the sync sets. They must not be secret. Tags of the secrets on the "+
		"platform are settings of the destination. Default: only those of the sync.")
	a.Describe(&e.DeletionPolicy, "What happens to pushed secrets when their key, or this resource, is removed. "+
		"Default: `Retain`.")
	a.Describe(&e.RetainKeys, target.RetainKeysText)
	a.Describe(&e.AdoptionPolicy, "What happens if a secret with that name already exists. Default: `Owned`.")
	a.Describe(&e.MaxDeletions, "How many secrets one run may remove: a number, or a percentage such as `50%`. A run "+
		"that would remove more stops before anything is changed. Default: half of the secrets, if there are at least 4.")
}

// InitialSync configures the run that `pulumi up` starts.
type InitialSync struct {
	Enabled pulumi.BoolPtrInput   `pulumi:"enabled,optional"`
	Wait    pulumi.BoolPtrInput   `pulumi:"wait,optional"`
	Timeout pulumi.StringPtrInput `pulumi:"timeout,optional"`
	ShowLog pulumi.BoolPtrInput   `pulumi:"showLog,optional"`
}

var _ infer.Annotated = (*InitialSync)(nil)

// Annotate documents the type and its properties.
func (i *InitialSync) Annotate(a infer.Annotator) {
	a.Describe(&i, "The run that `pulumi up` starts and waits for.")
	a.Describe(&i.Enabled, "Whether `pulumi up` starts a run. If not, the first sync waits for the schedule. Default: "+
		"`true`.")
	a.Describe(&i.Wait, "Whether to wait for the end of the run, and fail if the run fails. Default: `true`, but "+
		"`false` if Pulumi Deployments runs the program itself, because the program may then occupy the slot that the run "+
		"needs. With `true` it waits there too, but a run that has not started after 5 minutes is left queued, with a "+
		"warning.")
	a.Describe(&i.Timeout, "How long to wait, as a Go duration such as `90s` or `1h30m`. Default: `30m`.")
	a.Describe(&i.ShowLog, "Whether to show the last lines of a failed run's log. They are not masked. Default: `false`.")
}

// Source is the git repository of the target program.
type Source struct {
	RepoURL    pulumi.StringPtrInput `pulumi:"repoUrl,optional"`
	Repository pulumi.StringPtrInput `pulumi:"repository,optional"`
	Branch     pulumi.StringPtrInput `pulumi:"branch,optional"`
	Commit     pulumi.StringPtrInput `pulumi:"commit,optional"`
	RepoDir    pulumi.StringPtrInput `pulumi:"repoDir,optional"`
	Project    pulumi.StringPtrInput `pulumi:"project,optional"`
	Auth       *SourceAuth           `pulumi:"auth,optional"`
}

var _ infer.Annotated = (*Source)(nil)

// Annotate documents the type and its properties.
func (s *Source) Annotate(a infer.Annotator) {
	a.Describe(&s, "A git repository with the target program.")
	a.Describe(&s.RepoURL, "The URL of the repository, for any git server: `https://`, `ssh://` or `user@host:path`. "+
		"Either this or `repository` must be given.")
	a.Describe(&s.Repository, "`owner/repository` on GitHub, reached through the Pulumi GitHub app. Either this "+
		"or `repoUrl` must be given.")
	a.Describe(&s.Branch, "The branch to run. Either this or `commit` must be given.")
	a.Describe(&s.Commit, "The commit to run. Either this or `branch` must be given.")
	a.Describe(&s.RepoDir, "The folder of the program in the repository. Default: `program`, the folder of the "+
		"built-in program in this package's repository; for a custom destination, the top of the repository. An empty "+
		"text means the top.")
	a.Describe(&s.Project, "The `name` in the program's Pulumi.yaml. Default: `escsync-target`, the built-in program's.")
	a.Describe(&s.Auth, "How to reach a private repository given by `repoUrl`. A public one needs none.")
}

// SourceAuth are the credentials for a git repository.
type SourceAuth struct {
	Username      pulumi.StringPtrInput `pulumi:"username,optional"`
	Password      pulumi.StringPtrInput `pulumi:"password,optional" provider:"secret"`
	SSHPrivateKey pulumi.StringPtrInput `pulumi:"sshPrivateKey,optional" provider:"secret"`
	SSHPassphrase pulumi.StringPtrInput `pulumi:"sshPassphrase,optional" provider:"secret"`
}

var _ infer.Annotated = (*SourceAuth)(nil)

// Annotate documents the type and its properties.
func (s *SourceAuth) Annotate(a infer.Annotator) {
	a.Describe(&s, "Credentials for a private git repository: user name with password, or an SSH key.")
	a.Describe(&s.Username, "The user name, with `password`.")
	a.Describe(&s.Password, "The password, or an access token, with `username`.")
	a.Describe(&s.SSHPrivateKey, "The SSH private key, in PEM or OpenSSH form.")
	a.Describe(&s.SSHPassphrase, "The passphrase of the SSH private key.")
}
