import { isRecord, list, record, text } from './untyped';
import { wholeText } from '../../document/parsed-document';
import { parseYaml } from '../../document/yaml-document';

type Fields = Readonly<Record<string, unknown>>;

/** What a provider of the CSI driver writes into a volume, by the parameters of a SecretProviderClass. */
export interface ProviderFiles {
  /** The files; undefined where the provider is not known, or the parameters cannot be read. */
  readonly files?: ReadonlySet<string>;
  /** What keeps the provider from reading its parameters: of which one, and why. */
  readonly problems: readonly { readonly parameter: string; readonly message: string }[];
}

type Problem = ProviderFiles['problems'][number];

/** What the text of a parameter holds, as YAML, or undefined where it is none. */
function parsed(value: string): unknown {
  try {
    return parseYaml(wholeText(value)).value;
  } catch {
    return undefined;
  }
}

/** Reads the parameters as the provider does. */
export function providerFiles(provider: string, parameters: Fields): ProviderFiles {
  const reader = Object.hasOwn(READERS, provider) ? READERS[provider] : undefined;
  if (reader === undefined) return { problems: [] };
  const { required, listed, entries, filesOf } = reader;
  const problems: Problem[] = [];
  for (const names of required) {
    if (names.every(name => text(parameters[name]).trim() === '')) problems.push({ parameter: names[0], message: `the provider ${provider} needs the parameter ${names[0]}` });
  }
  const value = text(parameters[listed]);
  if (value.trim() === '') return { problems: [...problems, { parameter: listed, message: `the parameter ${listed} names nothing to fetch` }] };
  const content = entries(parsed(value));
  if (content === undefined) return { problems: [...problems, { parameter: listed, message: `the parameter ${listed} must be a text of YAML with ${reader.shape}` }] };
  const files = new Set<string>();
  const seen = new Set<string>();
  let open = false;
  content.forEach((entry, index) => {
    if (!isRecord(entry)) {
      problems.push({ parameter: listed, message: `entry ${index + 1} of ${listed} is no map` });
      return;
    }
    // a name such as y or 1 is a text for the provider, which is not kept here
    open ||= Object.values(entry).some(field => typeof field === 'boolean' || typeof field === 'number');
    const missing = reader.fields.find(field => entry[field] === undefined || entry[field] === null || entry[field] === '');
    const wrong = missing === undefined ? reader.problemOf?.(entry) : `has no ${missing}`;
    if (wrong !== undefined) problems.push({ parameter: listed, message: `entry ${index + 1} of ${listed} ${wrong}` });
    const name = reader.unique === undefined ? '' : text(entry[reader.unique]);
    if (name !== '' && seen.has(name)) problems.push({ parameter: listed, message: `entry ${index + 1} of ${listed} has the ${reader.unique} of another entry` });
    seen.add(name);
    for (const file of filesOf(entry, parameters)) files.add(file);
  });
  return { ...open ? {} : { files }, problems };
}

interface Reader {
  /** Parameters that must be there, each with other spellings. */
  readonly required: readonly (readonly string[])[];
  /** The parameter that lists what is fetched. */
  readonly listed: string;
  readonly shape: string;
  /** The entries of the list. */
  readonly entries: (content: unknown) => readonly unknown[] | undefined;
  /** The fields that an entry must have. */
  readonly fields: readonly string[];
  /** What else is wrong with an entry that has them, as the end of a sentence. */
  readonly problemOf?: (entry: Fields) => string | undefined;
  /** The field that no two entries may share. */
  readonly unique?: string;
  /** The files that an entry becomes. */
  readonly filesOf: (entry: Fields, parameters: Fields) => readonly string[];
}

/** Whether a value is known: a text that is not filled in later. */
const isSettled = (value: unknown): value is string => typeof value === 'string' && !/[$<{]/.test(value);

/** A type that is none of those that there are. */
function wrongType(value: unknown, types: readonly string[]): string | undefined {
  return isSettled(value) && !types.includes(value.trim()) ? `has an objectType that there is not; types: ${types.join(', ')}` : undefined;
}

/** A version of a secret, or of a parameter, in a project or in one of its regions. */
const GCP_RESOURCE = /^projects\/[^/]+\/(?:locations\/[^/]+\/)?(?:secrets|parameters)\/[^/]+\/versions\/[^/]+$/;

const aList = (content: unknown) => Array.isArray(content) ? content : undefined;

const VAULT: Reader = {
  required: [['roleName']],
  listed: 'objects',
  shape: 'a list of objectName and secretPath',
  entries: aList,
  fields: ['objectName', 'secretPath'],
  unique: 'objectName',
  filesOf: ({ objectName }) => [text(objectName)],
};

const READERS: Readonly<Record<string, Reader>> = {
  vault: VAULT,
  openbao: VAULT,
  aws: {
    required: [],
    listed: 'objects',
    shape: 'a list of objectName and objectType',
    entries: aList,
    fields: ['objectName'],
    problemOf: ({ objectName, objectType }) => {
      if (objectType !== undefined && objectType !== null && objectType !== '') return wrongType(objectType, ['secretsmanager', 'ssmparameter']);
      return isSettled(objectName) && !objectName.startsWith('arn:') ? 'has no objectType, and its objectName is no ARN that says it' : undefined;
    },
    filesOf: (entry, { pathTranslation }) => {
      const names = [text(entry.objectAlias) || text(entry.objectName), ...list(entry.jmesPath).map(path => text(record(path).objectAlias))];
      // a slash in a name is replaced, by default
      const translation = text(pathTranslation) || '_';
      // and where it is not, one that it begins with is left out
      const isKept = translation.toLowerCase() === 'false';
      return names.flatMap(name => name.includes('/') ? [name, isKept ? name.replace(/^\/+/, '') : name.replaceAll('/', translation)] : [name]);
    },
  },
  azure: {
    required: [['keyvaultName'], ['tenantId', 'tenantID']],
    listed: 'objects',
    shape: "'array: […]' of texts with objectName and objectType",
    entries: content => aList(record(content).array)?.map(entry => typeof entry === 'string' ? parsed(entry) : entry),
    fields: ['objectName', 'objectType'],
    problemOf: ({ objectType }) => wrongType(objectType, ['secret', 'key', 'cert']),
    filesOf: ({ objectName, objectAlias }) => [text(objectAlias) || text(objectName)],
  },
  gcp: {
    required: [],
    listed: 'secrets',
    shape: 'a list of resourceName and path',
    entries: aList,
    fields: ['resourceName'],
    problemOf: ({ resourceName }) => !isSettled(resourceName) || GCP_RESOURCE.test(resourceName) ? undefined : 'has a resourceName that is not like projects/PROJECT/secrets/NAME/versions/VERSION',
    filesOf: ({ path, fileName }) => [text(path) || text(fileName)],
  },
};
