package pulumicloud

import (
	"encoding/json"
	"net/http"
	"time"

	cloudtype "github.com/pulumi/pulumi-cloud-sdk/go/apitype"
	"github.com/pulumi/pulumi-cloud-sdk/go/apitype/jsonvalue"
	"github.com/stretchr/testify/require"
)

// The contract uses an environment in a project, and the stack of a bench.
const (
	inOrg, inEnvs, theEnv = "acme", "p", "e"
	inProject, theStack   = "proj", "dev"
)

func (k *contract) account() {
	c, ctx := k.client, k.t.Context()
	k.the("GetCurrentUser").answers(c.GetCurrentUser(ctx))
	k.the("GetDefaultOrganization").answers(c.GetDefaultOrganization(ctx))
	k.the("Capabilities").answers(c.Capabilities(ctx))
	k.the("Version").answers(c.Version(ctx))
	k.the("ListUserStacks").answers(c.ListUserStacks(ctx, nil, nil, nil, nil, nil, nil, nil))
}

func (k *contract) environments() {
	c, ctx := k.client, k.t.Context()
	for _, name := range []string{"base", theEnv} {
		k.the("CreateEnvironment").succeeds(c.CreateEnvironment_esc_environments(ctx, inOrg,
			cloudtype.CreateEnvironmentRequest{Project: inEnvs, Name: name}))
	}
	k.ok("PATCH", envsURL+"/p/base", "values: {a: 1}")
	updated, err := c.UpdateEnvironment_esc_environments(ctx, inOrg, inEnvs, theEnv,
		"imports: [p/base]\nvalues: {password: {fn::secret: hush}}")
	require.NoError(k.t, err)
	k.the("UpdateEnvironment").answers(updated.Response, nil)
	_, err = c.UpdateEnvironment_esc_environments(ctx, inOrg, inEnvs, theEnv, "values: {x: '${none}'}")
	require.ErrorContains(k.t, err, "400")
	_, err = c.ReadEnvironment_esc_environments(ctx, inOrg, inEnvs, theEnv)
	k.the("ReadEnvironment").succeeds(err)
	_, err = c.HeadEnvironment_esc_environments(ctx, inOrg, inEnvs, theEnv)
	k.the("HeadEnvironment").succeeds(err)
	_, err = c.DecryptEnvironment_esc_environments(ctx, inOrg, inEnvs, theEnv)
	k.the("DecryptEnvironment").succeeds(err)
	k.the("GetEnvironmentMetadata").answers(c.GetEnvironmentMetadata_esc_environments(ctx, inOrg, inEnvs, theEnv))
	k.the("ListOrgEnvironments").answers(c.ListOrgEnvironments_esc(ctx, inOrg, nil, nil, nil, nil))
	k.the("ListEnvironments").answers(c.ListEnvironments_esc(ctx, nil, nil, nil, nil))
	k.the("CheckEnvironment").answers(c.CheckEnvironment_esc_environments(ctx, inOrg, inEnvs, theEnv, nil))
	k.the("CheckYAML").answers(c.CheckYAML_esc(ctx, inOrg, nil, "imports: [p/e]"))
	k.the("OpenYAML").answers(c.OpenYAML_esc(ctx, inOrg, new("2h")))
	opened, err := c.OpenEnvironment_esc_environments(ctx, inOrg, inEnvs, theEnv, new("2h"))
	k.the("OpenEnvironment").answers(opened, err)
	k.the("ReadOpenEnvironment").answers(
		c.ReadOpenEnvironment_esc_environments(ctx, inOrg, inEnvs, theEnv, opened.ID, nil))
	k.the("ReadOpenEnvironment(property)").answers(
		c.ReadOpenEnvironment_esc_environments(ctx, inOrg, inEnvs, theEnv, opened.ID, new("password")))
}

func (k *contract) environmentVersions() {
	c, ctx := k.client, k.t.Context()
	k.the("ListEnvironmentRevisions").answers(
		c.ListEnvironmentRevisions_esc_environments(ctx, inOrg, inEnvs, theEnv, nil, nil))
	k.the("CreateRevisionTag").succeeds(c.CreateRevisionTag_esc_environments_versions_tags(ctx, inOrg, inEnvs, theEnv,
		cloudtype.CreateEnvironmentRevisionTagRequest{Name: "stable", Revision: new(2)}))
	k.the("ReadRevisionTag").answers(c.ReadRevisionTag_esc_environments(ctx, inOrg, inEnvs, theEnv, "stable"))
	k.the("UpdateRevisionTag").succeeds(c.UpdateRevisionTag_esc_environments(ctx, inOrg, inEnvs, theEnv, "stable",
		cloudtype.UpdateEnvironmentRevisionTagRequest{Revision: new(1)}))
	k.the("ListRevisionTags").answers(
		c.ListRevisionTags_esc_environments_versions(ctx, inOrg, inEnvs, theEnv, nil, nil))
	k.the("OpenEnvironment(version)").answers(
		c.OpenEnvironment_esc_environments_versions(ctx, inOrg, inEnvs, theEnv, "stable", nil))
	k.the("DeleteRevisionTag").succeeds(c.DeleteRevisionTag_esc_environments(ctx, inOrg, inEnvs, theEnv, "stable"))
	k.the("GetEnvironmentSettings").answers(c.GetEnvironmentSettings(ctx, inOrg, inEnvs, theEnv))
	k.the("PatchEnvironmentSettings").succeeds(c.PatchEnvironmentSettings(ctx, inOrg, inEnvs, theEnv,
		cloudtype.PatchEnvironmentSettingsRequest{DeletionProtected: new(false)}))
	k.the("CreateEnvironmentTag").answers(c.CreateEnvironmentTag_esc_environments(ctx, inOrg, inEnvs, theEnv,
		cloudtype.CreateEnvironmentTagRequest{Name: "owner", Value: "ops"}))
	k.the("ListEnvironmentTags").answers(c.ListEnvironmentTags_esc_environments(ctx, inOrg, inEnvs, theEnv, nil, nil))
}

func (k *contract) approvals() {
	c, ctx := k.client, k.t.Context()
	require.NoError(k.t, k.RequireApproval(inEnvs+"/"+theEnv, gatedUpdate, gatedOpen))
	draft, err := c.CreateEnvironmentDraft(ctx, inOrg, inEnvs, theEnv)
	k.the("CreateEnvironmentDraft").answers(draft, err)
	k.the("GetEnvironmentMetadata(gated)").answers(
		c.GetEnvironmentMetadata_esc_environments(ctx, inOrg, inEnvs, theEnv))
	k.the("Submit").succeeds(c.Submit(ctx, inOrg, draft.ChangeRequestID,
		cloudtype.SubmitChangeRequestRequest{Description: "why"}))
	k.the("Get(change request)").answers(c.Get(ctx, inOrg, draft.ChangeRequestID))
	k.the("Approve").succeeds(c.Approve(ctx, inOrg, draft.ChangeRequestID,
		cloudtype.ApproveChangeRequestRequest{RevisionNumber: draft.LatestRevisionNumber}))
	k.the("Apply").answers(c.Apply(ctx, inOrg, draft.ChangeRequestID))
	draft, err = c.CreateEnvironmentDraft(ctx, inOrg, inEnvs, theEnv)
	k.the("CreateEnvironmentDraft").answers(draft, err)
	k.the("Close").succeeds(c.Close(ctx, inOrg, draft.ChangeRequestID, cloudtype.CloseChangeRequestRequest{}))
	require.NoError(k.t, k.RequireApproval(inEnvs+"/"+theEnv))
}

func (k *contract) stacks() {
	c, ctx := k.client, k.t.Context()
	k.the("CreateStack").answers(c.CreateStack(ctx, inOrg, inProject, cloudtype.AppCreateStackRequest{
		StackName: "other", Tags: map[string]string{"a": "b"},
	}))
	k.the("GetStack").answers(c.GetStack(ctx, inOrg, inProject, "other"))
	k.the("UpdateStackTags").succeeds(c.UpdateStackTags(ctx, inOrg, inProject, theStack, map[string]string{"a": "b"}))
	k.the("UpdateStackConfig").answers(c.UpdateStackConfig(ctx, inOrg, inProject, theStack,
		cloudtype.AppStackConfig{Environment: "p/e"}))
	k.the("GetStackConfig").answers(c.GetStackConfig(ctx, inOrg, inProject, theStack))
	k.the("GetStack(config)").answers(c.GetStack(ctx, inOrg, inProject, theStack))
	k.the("DeleteStackConfig").succeeds(c.DeleteStackConfig(ctx, inOrg, inProject, theStack))
	sealed, err := c.EncryptValue(ctx, inOrg, inProject, theStack,
		cloudtype.AppEncryptValueRequest{Plaintext: []byte("x")})
	k.the("EncryptValue").answers(sealed, err)
	k.the("DecryptValue").answers(c.DecryptValue(ctx, inOrg, inProject, theStack,
		cloudtype.AppDecryptValueRequest{Ciphertext: sealed.Ciphertext}))
	k.the("BatchEncryptValue").answers(c.BatchEncryptValue(ctx, inOrg, inProject, theStack,
		cloudtype.AppBatchEncryptRequest{Plaintexts: [][]byte{[]byte("x")}}))
	k.the("BatchDecryptValue").answers(c.BatchDecryptValue(ctx, inOrg, inProject, theStack,
		cloudtype.AppBatchDecryptRequest{Ciphertexts: [][]byte{sealed.Ciphertext}}))
	k.the("RenameStack").answers(c.RenameStack(ctx, inOrg, inProject, "other",
		cloudtype.AppStackRenameRequest{NewName: "renamed", NewProject: inProject}))
	k.the("ImportStack").answers(c.ImportStack(ctx, inOrg, inProject, "renamed", cloudtype.AppImportStackRequest{
		Version: 3, Deployment: json.RawMessage(`{"manifest":{"time":"2030-01-01T00:00:00Z","magic":"","version":""}}`),
	}))
	k.the("ExportStack").answers(c.ExportStack(ctx, inOrg, inProject, "renamed"))
	k.the("DeleteStack").succeeds(c.DeleteStack(ctx, inOrg, inProject, "renamed", new(true)))
}

func (k *contract) updates() {
	c, ctx := k.client, k.t.Context()
	id := k.update("")
	k.the("GetUpdateStatus").answers(c.GetUpdateStatusForUpdate(ctx, inOrg, inProject, theStack, id, nil))
	k.the("GetEngineEvents").answers(c.GetEngineEvents_update(ctx, inOrg, inProject, theStack, id, nil, nil, nil, nil))
	k.the("GetLatestStackUpdate").answers(c.GetLatestStackUpdate(ctx, inOrg, inProject, theStack, nil))
	k.the("GetStackUpdates").answers(c.GetStackUpdates(ctx, inOrg, inProject, theStack, nil, nil, nil))
}

// update runs an update with a journal, like the CLI does in the deployment with this ID.
func (k *contract) update(deployment string) string {
	c, ctx := k.client, k.t.Context()
	made, err := c.CreateUpdateForUpdate(ctx, inOrg, inProject, theStack, cloudtype.AppUpdateProgramRequest{
		Metadata: cloudtype.AppUpdateMetadata{Environment: map[string]string{"ci.build.id": deployment}},
	})
	k.the("CreateUpdate").answers(made, err)
	started, err := c.StartUpdateForUpdate(ctx, inOrg, inProject, theStack, made.UpdateID,
		cloudtype.AppStartUpdateRequest{JournalVersion: 1})
	k.the("StartUpdate").answers(started, err)
	require.Equal(k.t, int64(1), started.JournalVersion)
	lease := http.Header{"Authorization": {"update-token " + started.Token}}
	k.the("CreateJournalEntries").succeeds(c.CreateJournalEntries_update(ctx, inOrg, inProject, theStack, made.UpdateID,
		nil, cloudtype.AppJournalEntries{Entries: []cloudtype.AppJournalEntry{{Version: 1, Kind: 0, SequenceID: 1}}}, lease))
	k.the("GetStack(busy)").answers(c.GetStack(ctx, inOrg, inProject, theStack))
	k.the("RenewUpdateLease").answers(c.RenewUpdateLease_update(ctx, inOrg, inProject, theStack, made.UpdateID,
		cloudtype.AppRenewUpdateLeaseRequest{Token: started.Token, Duration: 300}, lease))
	k.the("CompleteUpdate").succeeds(c.CompleteUpdate_update(ctx, inOrg, inProject, theStack, made.UpdateID,
		cloudtype.AppCompleteUpdateRequest{Status: "succeeded"}, lease))
	return made.UpdateID
}

func (k *contract) settings() {
	c, ctx := k.client, k.t.Context()
	roles, err := c.ListRolesByOrgIDAndUXPurpose(ctx, inOrg, nil, cloudtype.PermissionDescriptorUXPurposeRole)
	k.the("ListRolesByOrgIDAndUXPurpose").answers(roles, err)
	role := roles.Roles[0].ID
	k.the("ReplaceDeploymentSettings").answers(c.ReplaceDeploymentSettings(ctx, inOrg, inProject, theStack,
		cloudtype.DeploymentSettingsRequest{
			SourceContext: jsonvalue.NotNull(cloudtype.SourceContextRequest{Git: jsonvalue.NotNull(
				cloudtype.SourceContextGitRequest{
					RepoURL: jsonvalue.NotNull(k.repo), Branch: jsonvalue.NotNull("refs/heads/main"),
					RepoDir: jsonvalue.NotNull("program"),
					GitAuth: jsonvalue.NotNull(cloudtype.GitAuthConfigRequest{
						PersonalAccessToken: jsonvalue.NotNull(cloudtype.SecretValue{Value: "hush", Secret: true}),
					}),
				})}),
			Operation: jsonvalue.NotNull(cloudtype.OperationContextRequest{
				EnvironmentVariables: jsonvalue.NotNull(map[string]jsonvalue.Value[cloudtype.SecretValue]{
					"PLAIN":  jsonvalue.NotNull(cloudtype.SecretValue{Value: "v"}),
					"HIDDEN": jsonvalue.NotNull(cloudtype.SecretValue{Value: "hush", Secret: true}),
				}),
				Options: jsonvalue.NotNull(cloudtype.OperationContextOptionsRequest{
					SkipInstallDependencies: jsonvalue.NotNull(true),
				}),
				Role: jsonvalue.NotNull(cloudtype.DeploymentRoleRequest{ID: jsonvalue.NotNull(role)}),
			}),
			Executor: jsonvalue.NotNull(cloudtype.ExecutorSettingsRequest{ExecutorImage: jsonvalue.NotNull(
				cloudtype.DockerImageRequest{Reference: jsonvalue.NotNull("pulumi/pulumi:latest")})}),
		}))
	require.NotContains(k.t, string(k.body), "hush")
	k.the("GetDeploymentSettings").answers(c.GetDeploymentSettings(ctx, inOrg, inProject, theStack))
	patched, err := c.PatchDeploymentSettings(ctx, inOrg, inProject, theStack,
		cloudtype.DeploymentSettingsRequest{Tag: jsonvalue.NotNull("t")})
	k.the("PatchDeploymentSettings").answers(patched, err)
	require.NotNil(k.t, patched.Operation, "a patch keeps what it does not name")
	k.the("EncryptDeploymentSettingsSecret").answers(c.EncryptDeploymentSettingsSecret(ctx, inOrg, inProject, theStack,
		cloudtype.SecretValue{Value: "hush", Secret: true}))
}

func (k *contract) schedules() {
	c, ctx := k.client, k.t.Context()
	update := jsonvalue.NotNull(cloudtype.CreateDeploymentRequest{Op: cloudtype.PulumiOperationUpdate})
	made, err := c.CreateScheduledDeployment(ctx, inOrg, inProject, theStack, cloudtype.CreateScheduledDeploymentRequest{
		ScheduleCron: jsonvalue.NotNull("0 * * * *"), Request: update,
	})
	k.the("CreateScheduledDeployment").answers(made, err)
	k.the("UpdateScheduledDeployment").answers(c.UpdateScheduledDeployment(ctx, inOrg, inProject, theStack, made.ID,
		cloudtype.CreateScheduledDeploymentRequest{
			ScheduleOnce: jsonvalue.NotNull(start.Add(time.Hour)), Request: update,
		}))
	k.the("CreateScheduledDriftDeployment").answers(c.CreateScheduledDriftDeployment(ctx, inOrg, inProject, theStack,
		cloudtype.CreateScheduledDriftDeploymentRequest{
			ScheduleCron: jsonvalue.NotNull("0 0 * * *"), AutoRemediate: jsonvalue.NotNull(true),
		}))
	k.the("ReadScheduledDeployment").answers(c.ReadScheduledDeployment(ctx, inOrg, inProject, theStack, made.ID))
	k.the("PauseScheduledDeployment").succeeds(c.PauseScheduledDeployment(ctx, inOrg, inProject, theStack, made.ID))
	k.the("ResumeScheduledDeployment").succeeds(c.ResumeScheduledDeployment(ctx, inOrg, inProject, theStack, made.ID))
	k.AdvanceClock(2 * time.Hour)
	k.wait()
	k.the("ListScheduledDeployment").answers(c.ListScheduledDeployment(ctx, inOrg, inProject, theStack))
	k.the("ListScheduledDeploymentHistory").answers(
		c.ListScheduledDeploymentHistory(ctx, inOrg, inProject, theStack, made.ID))
	k.the("DeleteScheduledDeployment").succeeds(c.DeleteScheduledDeployment(ctx, inOrg, inProject, theStack, made.ID))
}

func (k *contract) webhooks() {
	c, ctx := k.client, k.t.Context()
	hook := cloudtype.Webhook{
		OrganizationName: inOrg, ProjectName: new(inEnvs), EnvName: new(theEnv), DisplayName: "d", PayloadURL: "proj/dev",
		Active: true, Format: new(formatDeployments), Filters: []string{"environment_revision_created"},
	}
	made, err := c.CreateWebhook_esc_environments(ctx, inOrg, inEnvs, theEnv, hook)
	k.the("CreateWebhook").answers(made, err)
	k.the("GetWebhook").answers(c.GetWebhook_esc_environments(ctx, inOrg, inEnvs, theEnv, made.Name))
	k.the("ListWebhooks").answers(c.ListWebhooks_esc_environments(ctx, inOrg, inEnvs, theEnv))
	k.the("UpdateWebhook").answers(c.UpdateWebhook_esc_environments(ctx, inOrg, inEnvs, theEnv, made.Name, hook))
	k.the("PingWebhook").answers(c.PingWebhook_esc_environments(ctx, inOrg, inEnvs, theEnv, made.Name))
	k.the("GetWebhookDeliveries").answers(c.GetWebhookDeliveries_esc_environments(ctx, inOrg, inEnvs, theEnv, made.Name))
	k.the("DeleteWebhook").succeeds(c.DeleteWebhook_esc_environments(ctx, inOrg, inEnvs, theEnv, made.Name))
	k.the("CreateStackWebhook").answers(c.CreateStackWebhook(ctx, inOrg, inProject, theStack, cloudtype.Webhook{
		OrganizationName: inOrg, ProjectName: new(inProject), StackName: new(theStack), DisplayName: "d", Active: false,
		PayloadURL: slackReceivers + "x", Format: new(formatSlack), Groups: []string{"policies"},
	}))
	k.wait()
}

func (k *contract) deploymentRuns() {
	c, ctx := k.client, k.t.Context()
	update := cloudtype.CreateDeploymentRequest{Op: cloudtype.PulumiOperationUpdate}
	k.the("PauseStackDeployments").succeeds(c.PauseStackDeployments(ctx, inOrg, inProject, theStack))
	made, err := c.CreateAPIDeploymentHandlerV2(ctx, inOrg, inProject, theStack, update,
		http.Header{"X-Pulumi-Deployment-Initiator": {"escsync"}})
	k.the("CreateDeployment").answers(made, err)
	k.the("GetDeployment(queued)").answers(c.GetDeployment(ctx, inOrg, inProject, theStack, made.ID))
	k.the("StackDeploymentsMetadata").answers(c.StackDeploymentsMetadata(ctx, inOrg, inProject, theStack))
	k.hold()
	k.the("ResumeStackDeployments").succeeds(c.ResumeStackDeployments(ctx, inOrg, inProject, theStack))
	k.update(made.ID)
	k.release()
	k.wait()
	k.the("GetDeployment").answers(c.GetDeployment(ctx, inOrg, inProject, theStack, made.ID))
	require.NotContains(k.t, string(k.body), "ciphertext")
	k.the("GetDeployment(version)").answers(c.GetDeployment_version(ctx, inOrg, inProject, theStack, "1"))
	k.the("ListStackDeployments").answers(
		c.ListStackDeploymentsHandlerV2(ctx, inOrg, inProject, theStack, nil, nil, nil, nil))
	k.the("ListOrgDeployments").answers(c.ListOrgDeployments(ctx, inOrg, nil, nil, nil, nil))
	k.the("GetDeploymentUpdates").answers(c.GetDeploymentUpdates(ctx, inOrg, inProject, theStack, made.ID))
	k.the("GetDeploymentLogs").answers(
		c.GetDeploymentLogs(ctx, inOrg, inProject, theStack, made.ID, nil, nil, nil, nil, nil))
	k.the("GetDeploymentLogs(step)").answers(
		c.GetDeploymentLogs(ctx, inOrg, inProject, theStack, made.ID, nil, new(10), new(0), new(0), new(0)))
	k.the("GetStackDriftStatus").answers(c.GetStackDriftStatus(ctx, inOrg, inProject, theStack))
	k.the("PauseOrgDeployments").succeeds(c.PauseOrgDeployments(ctx, inOrg))
	made, err = c.CreateAPIDeploymentHandlerV2(ctx, inOrg, inProject, theStack, update)
	k.the("CreateDeployment(paused)").answers(made, err)
	k.the("CancelDeployment").succeeds(c.CancelDeployment(ctx, inOrg, inProject, theStack, made.ID))
	k.the("ResumeOrgDeployments").succeeds(c.ResumeOrgDeployments(ctx, inOrg))
}

func (k *contract) teams() {
	c, ctx := k.client, k.t.Context()
	k.the("CreatePulumiTeam").answers(c.CreatePulumiTeam(ctx, inOrg, cloudtype.CreatePulumiTeamRequest{Name: "ops"}))
	k.the("UpdateTeam").succeeds(c.UpdateTeam(ctx, inOrg, "ops", cloudtype.UpdateTeamRequest{
		AddEnvironmentPermission: &cloudtype.TeamEnvironmentSettings{
			ProjectName: inEnvs, EnvName: theEnv, Permission: "open", MaxOpenDuration: new("1h0m0s"),
		},
		AddStackPermission: &cloudtype.TeamStackPermission{ProjectName: inProject, StackName: theStack, Permission: 102},
	}))
	k.the("GetTeam").answers(c.GetTeam(ctx, inOrg, "ops"))
	k.the("UpdateTeam(remove)").succeeds(c.UpdateTeam(ctx, inOrg, "ops", cloudtype.UpdateTeamRequest{
		RemoveEnvironment: &cloudtype.RemoveEnvironmentIdentifier{ProjectName: inEnvs, EnvName: theEnv},
	}))
	k.the("DeleteTeam").succeeds(c.DeleteTeam(ctx, inOrg, "ops"))
}

func (k *contract) deletions() {
	c, ctx := k.client, k.t.Context()
	k.the("DeleteDeploymentSettings").answers(c.DeleteDeploymentSettings(ctx, inOrg, inProject, theStack))
	k.the("DeleteStack").succeeds(c.DeleteStack(ctx, inOrg, inProject, theStack, new(true)))
	k.the("DeleteEnvironment").succeeds(c.DeleteEnvironment_esc_environments(ctx, inOrg, inEnvs, theEnv))
}
