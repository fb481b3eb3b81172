// Package pulumicloud is a stand-in for Pulumi Cloud: an in-process HTTP server on 127.0.0.1 that the Pulumi CLI, the
// pulumiservice provider and this project's own client talk to as they talk to the real service. It keeps stacks and
// their state, evaluates ESC environments with the real evaluator, and runs deployments by really cloning, running the
// pre-run commands and running the CLI. Nothing survives its Close.
//
// It is written from the service's OpenAPI document, its public documentation and what its clients send; the real
// service was never asked. Its answers have the keys of the types of Pulumi's own SDK (TestContract), and bodies with a
// key that these do not know are refused. What goes beyond that evidence is assumed:
//
// Stacks
//   - A journal is replayed into a checkpoint of version 3 before that is read and when the update is over. An entry
//     that is sent again replaces the first of its sequence number.
//   - Whoever sends checkpoints, because it asks for no journal, is served as before.
//
// ESC
//   - A tag that is created or moved fires imported_environment_changed on the environments that import env@tag, and
//     on those that import these.
//   - imported_environment_changed goes to importers at any depth, for the latest revision and the tagged ones.
//   - A PATCH makes a new revision even where the definition is unchanged.
//   - The definition is checked as it was sent; only what passes is encrypted and stored.
//   - Whoever may not open an environment may not read or list its versions either.
//   - There are no providers: fn::open and fn::rotate are checked as if they gave anything, and fail when opened.
//   - RequireApproval is a ruleset. Nobody holds a grant to open; a check needs none, of the environment or of one that
//     it imports. An environment has one open draft, as the documentation has it, whoever made it; and its metadata
//     name a draft before it is submitted as well.
//
// Webhooks
//   - A pulumi_deployments hook whose stack is missing or has no settings records a failed delivery, and nothing runs.
//   - The values of Pulumi-Webhook-Kind for deployments and drift are the names of the filters; payloads of stacks and
//     deployments, and the texts of the slack and ms_teams formats, are this package's own.
//   - Receivers are reached on this machine only; a delivery to any other fails.
//   - A ping to a pulumi_deployments hook starts a deployment.
//
// Deployments
//   - A run has the identity that docs/identity.md says: a principal that the stack selects, else that of
//     Options.DefaultDeploymentRole, else of whoever asked; a run that nobody asked for that of the background runner
//     with Options.BackgroundRunner, else a token for its own stack only, which opens no environment. A
//     PULUMI_ACCESS_TOKEN among the settings' environment variables takes the place of either.
//   - With Options.Restricted a deployment without a principal is refused with 400, by a schedule in silence, by a
//     webhook in its delivery; and so are settings with a PULUMI_ACCESS_TOKEN. Otherwise only settings are that have
//     both.
//   - A role, a service principal (here a role too) and a team are selected by operationContext.role, a team by name. A
//     role's permissions are Options.Roles; it may work with every stack.
//   - Empty values in a request for a deployment ("", [], {}, null), which the CLI sends, inherit from the settings.
//   - A request of a stack without settings that brings none of its own is refused with 400.
//   - The operations run `pulumi up --yes`, `preview`, `refresh --yes`, `destroy --yes`; detect-drift runs `refresh
//     --preview-only`, remediate-drift `up --yes --refresh`; each with --non-interactive and --stack. Drift that is
//     found with remediateIfDriftDetected queues a remediate-drift deployment.
//   - A pre-run command that fails ends the deployment. The word /PULUMI_ENV in a command is replaced by the path of a
//     file of this deployment. Steps are named "Get source", "Pre-run command N", "Install dependencies" and "pulumi
//     <operation>"; only the last name is known to matter to a client.
//   - Dependencies are installed by `pulumi install --no-plugins`: plugins are taken from PATH.
//   - Secrets of the settings are answered as {"ciphertext": "..."} alone. The provider's refresh then drops the
//     credentials of a git source from its state and offers to write them again; whether it does so on the service,
//     which may answer in another form, is unknown.
//   - A cancelled deployment is failed. A deployment that ends with an update still open releases the stack's lock.
//   - OIDC, agent pools, caches, executor images, templates and Mercurial are kept in the settings and otherwise
//     ignored; without a git source a deployment fails.
//   - skipIntermediateDeployments is asked of the deployment that would be skipped, for the sake of any newer one of
//     its operation in the queue: so says the documentation. The SDK says: of one "right behind it".
//   - A deployment is accepted, off the queue but not running, for no longer than Options.AcceptedFor.
//   - A secret in the log shows as "[secret]", and so does each line of one that has several.
//   - Initiators are the value of the header X-Pulumi-Deployment-Initiator, else "api", "webhook" or "schedule".
//
// Clock
//   - Times are those of a clock that stands still but for AdvanceClock. Leases never lapse by time.
//
// Permissions are much simpler than on the service: a user may do all; the token of a team may work with every stack
// and open what the team was granted; a stack's token may touch only its stack. A team or a stack that may open an
// environment may also open a definition that is sent along, unless Options.RestrictAnonymousOpens takes that away; a
// role has it or not. A grant to an unknown team, or on what does not exist, is a 404 (assumed).
//
// Not here yet: plans and quotas (nothing answers 402), who may change roles, reading and changing drafts, grants to
// open, managed environments (createManagedEnvironment is ignored), rotation and schedules of environments, referrers,
// restoring, deployments' metadata of a whole organization.
package pulumicloud
