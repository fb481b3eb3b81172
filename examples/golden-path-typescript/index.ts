import * as pulumi from "@pulumi/pulumi";
import { ServiceSecret } from "./serviceSecret";

const config = new pulumi.Config();

const database = new ServiceSecret("database", {
    service: config.require("service"),
    environment: config.require("environment"),
});

export const secretName = database.secretName;
export const consoleUrl = database.consoleUrl;
