"""What ends a deployment to the local AWS; apart, because the words of an error are told without a local world too."""


class DeployFailedError(RuntimeError):
    """CloudFormation refused the template; the message names what failed and why."""
