package example;

import com.escsync.escsync.EscSync;
import com.escsync.escsync.EscSyncArgs;
import com.escsync.escsync.inputs.AwsSecretsManagerDestinationArgs;
import com.escsync.escsync.inputs.DestinationArgs;
import com.pulumi.Pulumi;
import java.util.Map;

public class App {
    public static void main(String[] args) {
        Pulumi.run(ctx -> new EscSync("sync", EscSyncArgs.builder()
            .imports("my-project/my-imported-env@stable")
            .value(Map.of(
                "myConfigKey", "${my-imported-env-foo}",
                "myNestedKey", Map.of("haha", "${my-imported-env-bar}"),
                "mySecret", "${my-imported-env-password}"))
            .destination(DestinationArgs.builder()
                .awsSecretsManager(AwsSecretsManagerDestinationArgs.builder()
                    .name("name-in-secrets-manager")
                    .region("us-west-2")
                    .build())
                .build())
            .build()));
    }
}
