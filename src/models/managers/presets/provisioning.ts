/** Managers of infrastructure that people run: Terraform, Nomad, CloudFormation with ECS. */
import type { ManagerModel } from "../define-manager.js";
import { defineManager } from "../define-manager.js";
import type { PolicyOverrides } from "../policy.js";

/** Terraform shows its plan and asks; it plans against a state that is locked and has a serial number. */
const terraform: PolicyOverrides = {
  trigger: "edge",
  absence: "prune",
  error: "haltAll",
  ownership: "inventory",
  approval: "perChange",
  versioning: "monotoneCas",
  selfManagement: "self",
  failMode: "static",
  drift: "redeploy",
};

export const provisioning: readonly ManagerModel[] = [
  defineManager({
    name: "terraform/apply",
    about:
      "destroys what is in its state and not in the configuration, were it everything; asks once for the whole plan",
    source:
      "https://developer.hashicorp.com/terraform/cli/commands/apply; a block takes its prevent_destroy along: https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle",
    policy: terraform,
  }),
  defineManager({
    name: "terraform/apply-targets",
    about: "-target: destroys only what is named, and with it all that depends on it",
    source:
      "https://developer.hashicorp.com/terraform/cli/commands/plan#resource-targeting; https://developer.hashicorp.com/terraform/cli/commands/destroy",
    policy: { ...terraform, absence: "tombstoneOnly", cascade: "dependantsStop" },
  }),
  defineManager({
    name: "nomad/job-run",
    about:
      "runs the jobs that it is given; a job without a file goes on, one that cannot be parsed stays as it was",
    source:
      "https://developer.hashicorp.com/nomad/docs/commands/job/run; https://developer.hashicorp.com/nomad/docs/commands/job/stop",
    policy: {
      trigger: "edge",
      absence: "ignore",
      error: "skipEntry",
      ownership: "label",
      versioning: "monotoneCas",
      selfManagement: "self",
      failMode: "static",
    },
  }),
  defineManager({
    name: "ecs/cloudformation",
    about:
      "deletes what left the template after scaling it to zero; a template that is no good changes nothing, a failed update is rolled back",
    source:
      "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-updating-stacks.html; https://docs.aws.amazon.com/cli/latest/reference/ecs/delete-service.html",
    policy: {
      trigger: "edge",
      absence: "prune",
      error: "haltAll",
      ownership: "inventory",
      softDelete: "scaleToZero",
      rollout: "autoRollback",
      selfManagement: "self",
      failMode: "static",
      drift: "report",
    },
  }),
];
