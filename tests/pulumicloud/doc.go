// Package pulumicloud is a stand-in for Pulumi Cloud: an in-process HTTP server on 127.0.0.1. The Pulumi CLI, the
// pulumiservice provider and this project's own client can use it like the real service. It stores stacks and their
// state, evaluates ESC environments with the real evaluator, and executes deployments: it clones the source and runs
// the pre-run commands and the CLI. Close deletes everything.
//
// It is based on the service's OpenAPI document, its public documentation and the requests of its clients; it was never
// compared with the real service. Its responses have the keys of the types in Pulumi's own SDK (TestContract), and it
// refuses requests with keys that those types lack. Everything beyond that evidence is an assumption:
//
// Stacks
//   - A journal is replayed into a checkpoint of version 3 before that is read and at the end of the update. An entry
//     that is sent again replaces the earlier one with its sequence number.
//   - A client that does not ask for a journal sends checkpoints.
//
// ESC
//   - Creating or moving a tag fires imported_environment_changed for the environments that import env@tag, and for
//     those that import these.
//   - imported_environment_changed reaches importers at any depth, for the latest revision and the tagged ones.
//   - A PATCH creates a new revision even if the definition is unchanged.
//   - A definition is checked as it was sent. Only a valid one is encrypted and stored.
//   - A caller who may not open an environment may not read it or list its versions either.
//   - There are no providers. A check accepts any fn::open and fn::rotate with any result; opening them fails.
//   - RequireApproval adds a ruleset. Nobody has a grant to open. A check needs no grant, neither of the environment
//     nor of its imports. An environment has only one open draft, regardless of its author, as documented. The metadata
//     names a draft even before it is submitted.
//
// Webhooks
//   - If the stack of a pulumi_deployments hook is missing or has no settings, a failed delivery is recorded and
//     nothing runs.
//   - The values of Pulumi-Webhook-Kind for deployments and drift are the names of the filters. The payloads of stacks
//     and deployments, and the texts of the slack and ms_teams formats, are this package's own.
//   - Only receivers on this machine are reached. Any other delivery fails.
//   - A ping to a pulumi_deployments hook starts a deployment.
//
// Deployments
//   - The identity of a run follows docs/identity.md: the principal that the stack selects, else that of
//     Options.DefaultDeploymentRole, else the caller. A run that no user requested has that of the background runner
//     with Options.BackgroundRunner, or else a token for its own stack, which opens no environment. A
//     PULUMI_ACCESS_TOKEN in the environment variables of the settings replaces the caller or the token.
//   - With Options.Restricted a deployment without a principal is refused with 400. A schedule is refused silently, a
//     webhook in its delivery. Settings with a PULUMI_ACCESS_TOKEN are refused too. Without Options.Restricted only
//     settings with both are refused.
//   - operationContext.role selects a role, a service principal (a role here too) or a team, the last by name. The
//     permissions of a role are in Options.Roles. It may use every stack.
//   - Empty values in the request for a deployment ("", [], {}, null), which the CLI sends, inherit from the settings.
//   - A request for a stack without settings is refused with 400 unless it contains settings.
//   - The operations run `pulumi up --yes`, `preview`, `refresh --yes`, `destroy --yes`; detect-drift runs `refresh
//     --preview-only`, remediate-drift `up --yes --refresh`. Each gets --non-interactive and --stack. If drift is
//     found, remediateIfDriftDetected queues a remediate-drift deployment.
//   - A failed pre-run command ends the deployment. The word /PULUMI_ENV in a command is replaced by the path of a file
//     of this deployment. Steps are named "Get source", "Pre-run command N", "Install dependencies" and "pulumi
//     <operation>". Only the last name is known to matter to a client.
//   - `pulumi install --no-plugins` installs dependencies. Plugins come from PATH.
//   - Responses contain secrets of the settings only as {"ciphertext": "..."}. The provider's refresh then drops the
//     credentials of a git source from its state and offers to write them again. The service may use another form, so
//     it is unknown whether that happens there.
//   - A cancelled deployment counts as failed. If a deployment ends with an unfinished update, it releases the lock of
//     the stack.
//   - The settings store OIDC, agent pools, caches, executor images, templates and Mercurial, but these have no effect.
//     Without a git source a deployment fails.
//   - skipIntermediateDeployments of a queued deployment decides whether it is skipped for any newer one of its
//     operation in the queue, according to the documentation. The SDK says: for one "right behind it".
//   - A deployment stays accepted, that is off the queue but not running, for Options.AcceptedFor at most.
//   - The log shows a secret, and each line of a multi-line secret, as "[secret]".
//   - An initiator is the value of the header X-Pulumi-Deployment-Initiator, else "api", "webhook" or "schedule".
//
// Clock
//   - The clock moves only with AdvanceClock. Leases never expire.
//
// Permissions are much simpler than on the service. A user may do everything. The token of a team may use every stack
// and open the environments that the team was granted. The token of a stack may use only that stack. A team or a stack
// that may open an environment may also open a definition in the request body, unless Options.RestrictAnonymousOpens
// forbids it; for a role, Role.OpensDefinitions decides. A grant to an unknown team, or on something that does not
// exist, is a 404 (assumed).
//
// Not implemented: plans and quotas (no response is a 402), who may change roles, reading and changing drafts, grants
// to open, managed environments (createManagedEnvironment is ignored), rotation and schedules of environments,
// referrers, restoring, and the metadata of all deployments of an organization.
package pulumicloud
