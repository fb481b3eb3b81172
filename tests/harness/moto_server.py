# Runs moto on a free port, prints its address once it answers, and ends when standard input does.
import json
import sys

from moto.resourcegroupstaggingapi.responses import ResourceGroupsTaggingAPIResponse
from moto.secretsmanager.exceptions import InvalidRequestException
from moto.secretsmanager.models import SecretsManagerBackend
from moto.server import ThreadedMotoServer

update_version_stage = SecretsManagerBackend.update_secret_version_stage


def update_and_note_current(self, secret_id, version_stage, remove_from_version_id, move_to_version_id):
    """In AWS one version is current. moto notes it apart from the stages, and forgets to when the stage is moved by
    itself: the next value then leaves AWSCURRENT on two versions."""
    updated = update_version_stage(self, secret_id, version_stage, remove_from_version_id, move_to_version_id)
    if version_stage == "AWSCURRENT" and move_to_version_id:
        self.secrets[secret_id].default_version_id = move_to_version_id
    return updated


SecretsManagerBackend.update_secret_version_stage = update_and_note_current

get_resources = ResourceGroupsTaggingAPIResponse.get_resources


def get_resources_by_arn(self):
    """AWS takes ResourceARNList in place of filters. moto ignores it and finds everything."""
    arns = self._get_param("ResourceARNList")
    if not arns:
        return get_resources(self)
    found = self.backend._get_resources_generator(tag_filters=[], resource_type_filters=["ssm:parameter"])
    return json.dumps({"ResourceTagMappingList": [one for one in found if one["ResourceARN"] in arns]})


ResourceGroupsTaggingAPIResponse.get_resources = get_resources_by_arn

create_secret = SecretsManagerBackend.create_secret
put_secret_value = SecretsManagerBackend.put_secret_value


def is_scheduled(self, name_or_arn):
    return self._is_valid_identifier(name_or_arn) and self.secrets[name_or_arn].is_deleted()


def create_unless_scheduled(self, name, *args, **kwargs):
    """AWS tells a name that waits for its deletion from one that is taken; moto says that it exists."""
    if is_scheduled(self, name):
        raise InvalidRequestException(
            "You can't create this secret because a secret with this name is already scheduled for deletion."
        )
    return create_secret(self, name, *args, **kwargs)


def put_unless_scheduled(self, secret_id, *args, **kwargs):
    """AWS refuses a value for a secret that is to be deleted; moto takes it."""
    if is_scheduled(self, secret_id):
        raise InvalidRequestException(
            "You can't perform this operation on the secret because it was marked for deletion."
        )
    return put_secret_value(self, secret_id, *args, **kwargs)


SecretsManagerBackend.create_secret = create_unless_scheduled
SecretsManagerBackend.put_secret_value = put_unless_scheduled

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
print(f"http://{host}:{port}", flush=True)
sys.stdin.read()
server.stop()
