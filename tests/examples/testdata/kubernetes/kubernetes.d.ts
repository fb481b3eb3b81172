// Stands in for Pulumi's SDK for Kubernetes: what the example of KubernetesTarget uses, so that the example compiles.
declare module "@pulumi/kubernetes" {
    import * as pulumi from "@pulumi/pulumi";

    export class Provider extends pulumi.ProviderResource {
        constructor(name: string, args?: { enableSecretMutable?: pulumi.Input<boolean> }, opts?: pulumi.ResourceOptions);
    }
}
