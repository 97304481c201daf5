import { ApiObject, type App, Chart } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { DeclaredSecret } from './declared-secret';
import type { EarlierValues } from './earlier-secrets';
import { formatProblem, type Problem } from '../errors/problem';
import { SecretsError } from '../errors/secrets-error';
import { type DeclaredValue, LeakGuard } from '../inspect/leaks/leak-guard';
import { isPublicValue } from '../inspect/leaks/public-values';
import { partsOf } from '../inspect/leaks/value-parts';
import type { Cluster } from '../inspect/model/cluster';

/** Searches what an app writes for the values of its secrets. */
export class LeakCheck {
  private guard = new LeakGuard([]);

  constructor(private readonly root: IConstruct, private readonly secrets: () => Iterable<DeclaredSecret>) {}

  /** Adds what is found in manifests to their findings. */
  public check({ manifests }: Cluster): void {
    this.guard = new LeakGuard(this.values());
    for (const manifest of manifests) {
      for (const { code, path, message, next } of this.guard.inManifest(manifest.raw)) manifest.findings.fails(code, path, message, next);
    }
  }

  /**
   * What is found in the names of files, and in the metadata of constructs where they are written. Said of the app, so that no path shows
   * the value.
   */
  public validate(): string[] {
    // private in TypeScript only
    const { outputFileExtension, recordConstructMetadata } = this.root as Partial<App> & { readonly recordConstructMetadata?: boolean };
    const problems = typeof outputFileExtension === 'string' ? this.guard.inText(outputFileExtension, 'in the extension of files') : [];
    for (const construct of this.root.node.findAll()) {
      if (Chart.isChart(construct)) {
        problems.push(...this.inPath(construct, 'in the id of a chart, which names a file'));
      } else if (recordConstructMetadata === true && ApiObject.isApiObject(construct)) {
        problems.push(...this.inPath(construct, 'in the id of a construct, which construct-metadata.json holds'));
      }
    }
    return [...new Set(problems.map(formatProblem))];
  }

  /** A slash in an id stands in the path as two hyphens. */
  private inPath({ node: { path } }: IConstruct, where: string): Problem[] {
    return [path, ...path.includes('--') ? [path.replaceAll('--', '/')] : []].flatMap(text => this.guard.inText(text, where));
  }

  /** A text of a finding, or `[sensitive]` where a value stands in it. */
  public redact(text: string): string {
    return this.guard.redact(text);
  }

  /** The values that are known here. Where one cannot be read, the secret's own validation says so. */
  private* values(): Iterable<DeclaredValue> {
    for (const secret of this.secrets()) {
      const { name, namespace } = secret;
      for (const place of [{ name, namespace, values: knownValuesOf(secret) }, ...secret._earlierValues]) yield* valuesIn(secret, place);
    }
  }
}

function* valuesIn(secret: DeclaredSecret, { name, namespace, values }: Omit<EarlierValues, 'values'> & { readonly values: Iterable<[string, Buffer]> }): Iterable<DeclaredValue> {
  const { secretType } = secret;
  for (const [key, bytes] of values) {
    const isPublic = secret._isPublic(key) || isPublicValue(secretType, key, bytes);
    yield { name, namespace, key, bytes, isPublic };
    if (isPublic) continue;
    for (const part of partsOf(secretType, bytes)) yield { name, namespace, key, bytes: part, isPart: true };
  }
}

function knownValuesOf(secret: DeclaredSecret): Iterable<[string, Buffer]> {
  try {
    return secret._knownValues();
  } catch (error) {
    if (error instanceof SecretsError) return [];
    throw error;
  }
}
