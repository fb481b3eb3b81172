import * as escsync from "@escsync/pulumi-escsync";
import * as pulumi from "@pulumi/pulumi";

export interface ServiceSecretArgs {
    /** The service that the secret belongs to: lower-case letters, digits and hyphens. */
    service: string;
    /** The ESC environment to follow, as project/environment@tag. All below its value `secrets` is pushed. */
    environment: string;
}

/**
 * A service's secret in AWS Secrets Manager, by the platform team's rules: it is named after stack and service, pushed
 * with the team's own login to its own region, and tagged. Developers choose only the service and the values.
 *
 * A team would keep this component in its own package, and let its template depend on that.
 */
export class ServiceSecret extends pulumi.ComponentResource {
    /** The name of the secret, `<stack>/<service>/<name>`. */
    public readonly secretName: string;
    /** Where Pulumi Cloud shows the runs of the sync. */
    public readonly consoleUrl: pulumi.Output<string>;

    constructor(name: string, args: ServiceSecretArgs, opts?: pulumi.ComponentResourceOptions) {
        super("acme:platform:ServiceSecret", name, {}, opts);
        if (!/^[a-z][a-z0-9-]*$/.test(args.service)) {
            throw new Error(`service: must be lower-case letters, digits and hyphens, not "${args.service}"`);
        }
        this.secretName = `${pulumi.getStack()}/${args.service}/${name}`;
        const sync = new escsync.EscSync(name, {
            // The platform team's login: developers may open it in a sync, but not edit it.
            imports: [args.environment, "logins/aws-secrets"],
            value: "${secrets}",
            destination: {
                awsSecretsManager: {
                    name: this.secretName,
                    region: "eu-central-1",
                    tags: { service: args.service, "provisioned-by": "golden-path" },
                },
            },
        }, { parent: this });
        this.consoleUrl = sync.consoleUrl;
        this.registerOutputs({ secretName: this.secretName, consoleUrl: this.consoleUrl });
    }
}
