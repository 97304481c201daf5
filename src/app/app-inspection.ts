import type { IConstruct } from 'constructs';
import { acknowledgementProblem } from './acknowledgement-problem';
import { acknowledge, configureApp } from './app-manifests';
import type { AppInspectionOptions } from './app-options';
import { SecretsError } from '../errors/secrets-error';

/**
 * The inspection that an app goes through whenever it is synthesized: what it is made against, and which findings may stay.
 *
 * @example
 * AppInspection.of(this).acknowledge('SubPathNeverUpdates', 'the pods are replaced every night');
 */
export class AppInspection {
  /**
   * The inspection of the app that holds a construct.
   *
   * @param scope an app, a chart or any other construct
   */
  public static of(scope: IConstruct): AppInspection {
    return new AppInspection(scope);
  }

  readonly #scope: IConstruct;

  private constructor(scope: IConstruct) {
    this.#scope = scope;
  }

  /**
   * Sets what the whole app is inspected against, instead of what was set before.
   *
   * @param options the versions of Kubernetes, secrets that exist, findings that may stay, what becomes of warnings
   */
  public configure(options: AppInspectionOptions): void {
    configureApp(this.#scope, options);
  }

  /**
   * Lets findings of one code stay, on the objects of the construct and of those below it. They are then no errors, and are
   * listed with the reason in `Inspection.fromApp(app).acknowledged`. Where there is nothing to acknowledge, that is a warning.
   *
   * @param code the code, as the finding shows it
   * @param reason why they may stay
   * @throws UnknownCode
   */
  public acknowledge(code: string, reason: string): void {
    const problem = acknowledgementProblem(code, reason);
    if (problem !== undefined) throw new SecretsError(problem, this.#scope.node.path);
    acknowledge(this.#scope, code, reason);
  }
}
