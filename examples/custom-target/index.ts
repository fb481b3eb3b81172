import * as fs from "fs";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

// EscSync's deployment has written the value to sync.json and the name to the configuration.
const name = new pulumi.Config().require("secretName");
const value = pulumi.secret(fs.readFileSync("sync.json", "utf8"));

const secret = new aws.secretsmanager.Secret("secret", { name });

new aws.secretsmanager.SecretVersion("version", { secretId: secret.id, secretString: value });

export const secretName = secret.name;
