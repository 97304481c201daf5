import type { IConstruct } from 'constructs';
import { loggedSecrets } from './declaration-log';
import type { DeclaredSecret } from './declared-secret';
import { LeakCheck } from './leak-check';
import { declareToCommands } from '../app/app-answer';
import { addAppCheck, addAppProblem, redactFindings } from '../app/app-checks';
import { AppEntry } from '../app/app-record';
import { addOwnValidation } from '../app/own-validation';
import { placeOf } from '../kubernetes/place';

const REGISTRY = new AppEntry<SecretRegistry>('secrets', root => new SecretRegistry(root));

/** The secrets that one app declares, by namespace and name. */
export class SecretRegistry {
  /** The registry of the app that holds a construct. */
  public static of(scope: IConstruct): SecretRegistry {
    return REGISTRY.of(scope);
  }

  private readonly secrets = new Map<string, DeclaredSecret>();
  private readonly constructs = new Set<IConstruct>();

  constructor(root: IConstruct) {
    const leaks = new LeakCheck(root, () => this.all());
    addAppCheck(root, cluster => leaks.check(cluster));
    declareToCommands(root, {
      all: () => loggedSecrets(this.all()),
      own: object => object.node.id === 'Resource' && this.holds(object.node.scope),
    });
    redactFindings(root, text => leaks.redact(text));
    addOwnValidation(root, () => leaks.validate());
  }

  /** Adds a secret; one whose place is taken is refused when the manifest is made. */
  public add(secret: DeclaredSecret): void {
    const place = placeOf(secret.namespace, secret.name);
    this.constructs.add(secret);
    const first = this.secrets.get(place);
    if (first === undefined) {
      this.secrets.set(place, secret);
      return;
    }
    const where = secret.namespace === undefined ? 'without a namespace' : `in namespace ${JSON.stringify(secret.namespace)}`;
    addAppProblem({
      construct: secret,
      problem: {
        code: 'DuplicateSecret',
        message: `${JSON.stringify(first.node.path)} already declares the secret ${JSON.stringify(secret.name)} ${where}`,
        next: 'declare it once and pass the construct to whoever uses it, or give one of them another name',
      },
      insteadOf: 'DuplicateObject',
    });
  }

  /** Whether a construct is one of the secrets. */
  public holds(construct: IConstruct | undefined): boolean {
    return construct !== undefined && this.constructs.has(construct);
  }

  /** Every secret, but those whose place was taken. */
  public all(): Iterable<DeclaredSecret> {
    return this.secrets.values();
  }

  /** The declared secret of that name, as a pod of that namespace would find it. */
  public find(namespace: string | undefined, name: string): DeclaredSecret | undefined {
    return this.secrets.get(placeOf(namespace, name));
  }
}
