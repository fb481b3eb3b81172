// Stands in for Pulumi's SDK for Kubernetes: what the example of KubernetesTarget uses, so that the example compiles.
package com.pulumi.kubernetes;

import com.pulumi.resources.CustomResourceOptions;
import com.pulumi.resources.ProviderResource;

public class Provider extends ProviderResource {
    public Provider(String name, ProviderArgs args) {
        super("kubernetes", name, args, CustomResourceOptions.Empty);
    }
}
