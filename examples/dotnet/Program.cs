using System.Collections.Generic;
using Escsync.Pulumi;
using Escsync.Pulumi.Inputs;
using Pulumi;

return await Deployment.RunAsync(() =>
{
    var sync = new EscSync("sync", new EscSyncArgs
    {
        Imports = { "my-project/my-imported-env@stable" },
        // "${...}" is for ESC: these are ordinary strings, not interpolated ones.
        Value = new Dictionary<string, object?>
        {
            ["myConfigKey"] = "${my-imported-env-foo}",
            ["myNestedKey"] = new Dictionary<string, object?>
            {
                ["haha"] = "${my-imported-env-bar}",
            },
            ["mySecret"] = "${my-imported-env-password}",
        },
        Destination = new DestinationArgs
        {
            AwsSecretsManager = new AwsSecretsManagerDestinationArgs
            {
                Name = "name-in-secrets-manager",
                Region = "us-west-2",
            },
        },
    });
});
