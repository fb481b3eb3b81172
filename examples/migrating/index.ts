import * as fs from "fs";
import * as escsync from "@escsync/pulumi-escsync";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const projectName = config.require("projectName");
const stackName = config.get("stackName") || "dev";

// The pattern's names for the resources that are now children of the sync.
const former: Record<string, string> = {
    "pulumiservice:index:Environment": "env",
    "pulumiservice:index:Stack": "esc-sync-aws-secretsmanager",
    "pulumiservice:index:DeploymentSettings": "deployment_settings",
    "pulumiservice:index:DeploymentSchedule": "update_schedule",
};

const adoptFormer: pulumi.ResourceTransform = ({ type, props, opts }) => {
    const name = former[type];
    if (name === undefined) {
        return undefined;
    }
    const aliases = [pulumi.createUrn(name, type)];
    // EscSync sets forceDestroy, for which pulumiservice would replace the stack. Keep this for as long as the stack.
    const ignoreChanges = type === "pulumiservice:index:Stack" ? ["forceDestroy"] : [];
    return { props, opts: pulumi.mergeOptions(opts, { aliases, ignoreChanges }) };
};

new escsync.EscSync("database", {
    definition: fs.readFileSync(config.get("envPath") || "syncEnv.yaml", "utf8"),
    // The pattern's names for its environment and its stack.
    environmentProject: projectName,
    environmentName: stackName,
    stackName: stackName,
    schedule: config.get("syncCronSchedule") || "0 * * * *",
    // The inner program stays, with its stack and the secret in it.
    destination: { custom: {} },
    source: {
        repository: config.require("repository"),
        branch: "main",
        repoDir: "sync/target",
        project: projectName,
    },
}, { transforms: [adoptFormer] });
