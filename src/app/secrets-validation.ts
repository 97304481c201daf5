import { readAppNotes, withAppNotes } from './app-notes';
import { Inspection } from './inspection';
import { groupBy } from '../errors/group-by';
import { SecretsError } from '../errors/secrets-error';
import { didYouMean } from '../errors/suggest';
import { Severity, type Finding } from '../inspect/finding';
import type { InspectionOptions } from '../inspect/inspection-options';
import { list, record, text } from '../inspect/model/untyped';
import type { ManifestSource } from '../inspect/read/manifest-source';
import { readManifestFiles } from '../inspect/read/repository';
import { SUPPORTED_VERSIONS, versionNamed } from '../kubernetes/versions';
import { ALL_CODES, isCode } from '../report/all-codes';

/** What `SecretsValidation` inspects against, and when it fails. */
export interface SecretsValidationProps extends InspectionOptions {
  /**
   * Whether a warning fails the validation too.
   *
   * @default false
   */
  readonly warningsAsErrors?: boolean;
}

/** Every property, so that a slip in cdk8s.yaml is an error. */
const PROPERTIES: Readonly<Record<keyof SecretsValidationProps, true>> = {
  acknowledgements: true,
  existingSecrets: true,
  missingSecrets: true,
  namespace: true,
  today: true,
  versions: true,
  warningsAsErrors: true,
};

/** What of cdk8s-cli's `ValidationContext` is used. */
interface Context {
  readonly manifests: readonly string[];
  readonly metadata: Readonly<Record<string, { readonly path: string } | undefined>>;
  readonly report: {
    addViolation(violation: Violation): void;
    submit(status: 'success' | 'failure', metadata: Readonly<Record<string, string>>): void;
  };
}

interface Violation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: readonly { readonly resourceName: string; readonly locations: readonly string[]; readonly manifestPath: string }[];
}

/**
 * A validation plugin of cdk8s-cli: inspects everything that `cdk8s synth` wrote, charts without a construct of this library
 * included, and fails it where something cannot work.
 *
 * In cdk8s.yaml:
 *
 *     validations:
 *       - package: cdk8s-secrets
 *         version: 1.2.3
 *         class: SecretsValidation
 *         properties:
 *           versions: ['1.36']
 *
 * @see https://cdk8s.io/docs/latest/cli/synth/#validations
 */
export class SecretsValidation {
  readonly #options: InspectionOptions;
  readonly #warningsAsErrors: boolean;

  /**
   * @param props the `properties` of the entry in cdk8s.yaml
   * @throws InvalidValidationProperty
   */
  constructor(props: SecretsValidationProps = {}) {
    checkProperties(props);
    const { warningsAsErrors = false, ...options } = props;
    this.#options = options;
    this.#warningsAsErrors = warningsAsErrors;
  }

  /**
   * Inspects the manifests and submits the report.
   *
   * @param context cdk8s-cli's `ValidationContext`
   * @throws UnreadableManifest
   */
  public async validate(context: any): Promise<void> {
    const { manifests, metadata, report } = context as Context;
    const sources = readManifestFiles(manifests).sources.map(source => withConstruct(source, metadata));
    const inspection = Inspection._fromSources(sources, withAppNotes(this.#options, readAppNotes(manifests)));
    const { findings, errors, warnings, acknowledged, objectCount } = inspection;
    for (const [code, group] of groupBy(findings, finding => finding.code)) report.addViolation(violationOf(code, group));
    const fails = errors.length > 0 || (this.#warningsAsErrors && warnings.length > 0);
    report.submit(fails ? 'failure' : 'success', {
      Objects: String(objectCount),
      Errors: String(errors.length),
      Warnings: String(warnings.length),
      Acknowledged: String(acknowledged.length),
    });
  }
}

function withConstruct(source: ManifestSource, metadata: Context['metadata']): ManifestSource {
  const name = text(record(record(source.manifest).metadata).name);
  const path = Object.hasOwn(metadata, name) ? metadata[name]?.path : undefined;
  return path === undefined ? source : { ...source, constructPath: path.replace(/\/Resource$/, '') };
}

function violationOf(code: string, findings: readonly Finding[]): Violation {
  const { cause, fix } = ALL_CODES[code];
  const resources = groupBy(findings, ({ object, location }) => JSON.stringify([location?.file, object.kind, object.namespace, object.name]));
  return {
    ruleName: code,
    recommendation: cause,
    fix,
    violatingResources: [...resources.values()].map(group => ({
      resourceName: group[0].object.name,
      locations: group.map(locationOf),
      manifestPath: group[0].location?.file ?? '',
    })),
  };
}

function locationOf({ severity, object, path, message, next, location }: Finding): string {
  const where = [object.kind, path, ...location?.line === undefined ? [] : [`(line ${location.line})`]].filter(part => part !== '').join(' ');
  return `${severity === Severity.WARNING ? 'warning: ' : ''}${where}: ${message}; ${next}`;
}

const VERSIONS_NEXT = `write them in quotes: [${SUPPORTED_VERSIONS.map(version => `'${version}'`).join(', ')}]`;

/** cdk8s.yaml is not typed. */
function checkProperties(props: object): void {
  const refuse = (message: string, next: string) => new SecretsError({ code: 'InvalidValidationProperty', message, next });
  for (const name of Object.keys(props)) {
    if (!Object.hasOwn(PROPERTIES, name)) throw refuse(`there is no property ${JSON.stringify(name)}`, didYouMean(name, Object.keys(PROPERTIES), 'properties'));
  }
  const { versions, acknowledgements } = props as SecretsValidationProps;
  if (versions !== undefined && !Array.isArray(versions)) throw refuse('versions is no list', VERSIONS_NEXT);
  for (const version of versions ?? []) {
    const problem = typeof version === 'string' ? versionNamed(version).problem : `${JSON.stringify(version)} is no text`;
    if (problem !== undefined) throw refuse(`versions: ${problem}`, VERSIONS_NEXT);
  }
  for (const entry of list(acknowledgements).map(record)) {
    if (!isCode(text(entry.code))) throw refuse(`there is no code ${JSON.stringify(entry.code)}`, didYouMean(text(entry.code), Object.keys(ALL_CODES), 'codes'));
    if (text(entry.reason).trim() === '') throw refuse(`${text(entry.code)} is acknowledged without a reason`, 'say why it may stay');
  }
}
