import { ApiObject, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { FUNCTION_RESOURCE, functionResourceSpec, lostByFunctionResource } from './function-resource';
import { deploymentLabels, deploymentSpec, functionAnnotations, type FunctionSpec, podSpec, serviceSpec } from './function-spec';
import { addOwnValidation } from '../app/own-validation';
import { AppBindings } from '../binding/app-bindings';
import { checksumRollout, noRollout } from '../binding/rollout-variants';
import type { SecretRollout } from '../binding/secret-rollout';
import { formatProblem } from '../errors/problem';
import { addWarning } from '../errors/warning';

/** What a form makes a function of. */
interface FunctionParts {
  readonly name: string;
  readonly namespace?: string;
  readonly rollout?: SecretRollout;
  /** What the function is made of, as it is when it is asked. */
  spec(): FunctionSpec;
}

/** The objects of a function; the first has the id `Resource`. */
interface FunctionObjects {
  readonly resource: ApiObject;
  readonly service?: ApiObject;
}

/**
 * As what objects a function of OpenFaaS reaches the cluster.
 */
export class FunctionForm {
  /**
   * A Deployment and a Service, as the provider of OpenFaaS makes them: nothing of OpenFaaS needs to run for these.
   */
  public static deployment(): FunctionForm {
    return new FunctionForm(makeDeployment, true);
  }

  /**
   * A Function resource of `openfaas.com/v1`, as `faas-cli generate` prints it, for the operator of OpenFaaS.
   *
   * What the resource has no field for is a warning on the construct. A changed value restarts nothing by default: the
   * operator makes the pods.
   */
  public static customResource(): FunctionForm {
    return new FunctionForm(makeResource, false);
  }

  /** @internal */
  public readonly _make: (fn: Construct, parts: FunctionParts) => FunctionObjects;

  /**
   * Whether the pods are made here, so that what would keep them from starting is an error, not a warning.
   *
   * @internal
   */
  public readonly _makesPods: boolean;

  private constructor(make: (fn: Construct, parts: FunctionParts) => FunctionObjects, makesPods: boolean) {
    this._make = make;
    this._makesPods = makesPods;
  }
}

function makeDeployment(fn: Construct, parts: FunctionParts): FunctionObjects {
  const now = parts.spec();
  const metadata = { name: parts.name, namespace: parts.namespace, annotations: functionAnnotations(now) };
  const resource = new ApiObject(fn, 'Resource', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { ...metadata, labels: deploymentLabels(now) },
    spec: Lazy.any({
      produce: () => {
        const spec = parts.spec();
        const pod = podSpec(spec);
        const annotations = AppBindings.of(fn).isRolloutChosen(resource) ? {} : checksumRollout.annotations(fn, resource.metadata.namespace, pod);
        return deploymentSpec(spec, pod, annotations);
      },
    }),
  });
  parts.rollout?.applyTo(resource);
  const service = new ApiObject(fn, 'Service', { apiVersion: 'v1', kind: 'Service', metadata, spec: serviceSpec(now) });
  return { resource, service };
}

function makeResource(fn: Construct, parts: FunctionParts): FunctionObjects {
  const rollout = parts.rollout?._variant ?? noRollout;
  const resource = new ApiObject(fn, 'Resource', {
    ...FUNCTION_RESOURCE,
    metadata: { name: parts.name, namespace: parts.namespace },
    spec: Lazy.any({
      produce: () => {
        const spec = parts.spec();
        return functionResourceSpec(spec, rollout.annotations(fn, resource.metadata.namespace, podSpec(spec)));
      },
    }),
  });
  addOwnValidation(fn, () => rollout.problems?.(fn, resource.metadata.namespace, podSpec(parts.spec())).map(formatProblem) ?? []);
  for (const option of lostByFunctionResource(parts.spec())) {
    addWarning(fn, {
      code: 'NotInFunctionResource',
      message: `a Function resource has no field for ${option}`,
      next: 'set it for all functions in the chart of OpenFaaS, or use FunctionForm.deployment()',
    });
  }
  return { resource };
}
