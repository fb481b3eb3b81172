import * as escsync from "@escsync/pulumi-escsync";

const sync = new escsync.EscSync("sync", {
    imports: ["my-project/my-imported-env@stable"],
    // "${...}" is for ESC: these are ordinary strings, not template literals.
    value: {
        myConfigKey: "${my-imported-env-foo}",
        myNestedKey: {
            haha: "${my-imported-env-bar}",
        },
        mySecret: "${my-imported-env-password}",
    },
    destination: {
        awsSecretsManager: {
            name: "name-in-secrets-manager",
            region: "us-west-2",
        },
    },
});
