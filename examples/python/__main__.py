import pulumi_escsync as escsync

sync = escsync.EscSync(
    "sync",
    imports=["my-project/my-imported-env@stable"],
    # "${...}" is for ESC: these are ordinary strings, not f-strings.
    value={
        "myConfigKey": "${my-imported-env-foo}",
        "myNestedKey": {
            "haha": "${my-imported-env-bar}",
        },
        "mySecret": "${my-imported-env-password}",
    },
    destination={
        "aws_secrets_manager": {
            "name": "name-in-secrets-manager",
            "region": "us-west-2",
        },
    },
)
