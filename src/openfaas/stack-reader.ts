import { substitute, type Environment } from './envsubst';
import { TemplateError } from './envsubst-parser';
import { StackDecoder } from './stack-decoder';
import { FORMER_PROVIDER, STACK_PROVIDER, STACK_VERSION, type StackFile, type StackFunction, type StackResources } from './stack-file';
import type { YamlEntry } from '../document/yaml-node';

/** A stack file to be read. */
export interface StackSource {
  /** The file's name as messages show it. */
  readonly file: string;
  readonly text: string;
  /** Values for `${…}`, or undefined to leave the text as it is, like `--envsubst=false`. */
  readonly environment?: Environment;
}

const ROOT_KEYS = ['version', 'provider', 'functions', 'configuration'];
const PROVIDER_KEYS = ['name', 'gateway'];
const CONFIGURATION_KEYS = ['templates', 'copy'];
const TEMPLATE_KEYS = ['language', 'fprocess', 'build_options', 'welcome_message', 'handler_folder', 'mount_ssh'];
const RESOURCE_KEYS = ['memory', 'cpu'];
const FUNCTION_KEYS = [
  'lang', 'handler', 'image', 'fprocess', 'environment', 'environment_file', 'secrets', 'skip_build', 'constraints', 'labels', 'limits',
  'requests', 'readonly_root_filesystem', 'build_options', 'annotations', 'namespace', 'build_args', 'platforms', 'build_secrets',
];

/**
 * Reads a stack file as faas-cli does: substitution over the whole text, then YAML, then the fields it knows.
 *
 * @throws SecretsError InvalidStackFile with file, line and reason
 * @see https://docs.openfaas.com/reference/yaml/
 */
export function readStack(source: StackSource): StackFile {
  const decoder = new StackDecoder(source.file, source.text);
  return new StackReader(decoder, source.text).read(substituted(source, decoder));
}

/** Reads the `environment:` of a file that a function names in `environment_file`; nothing is substituted there. */
export function readEnvironmentFile(file: string, text: string): Record<string, string> {
  const decoder = new StackDecoder(file, text);
  return decoder.textMap(decoder.fields(decoder.parse(text), '', ['environment']).get('environment'), '');
}

/** Reads the `fprocess` of a template, `template/LANG/template.yml`. */
export function readTemplateProcess(file: string, text: string): string {
  const decoder = new StackDecoder(file, text);
  return decoder.text(decoder.fields(decoder.parse(text), '', TEMPLATE_KEYS).get('fprocess'), '');
}

function substituted({ text, environment }: StackSource, decoder: StackDecoder): string {
  if (environment === undefined) return text;
  try {
    return substitute(text, environment);
  } catch (error) {
    throw error instanceof TemplateError ? decoder.fail(error.line, `in a \${…}: ${error.message}`) : error;
  }
}

class StackReader {
  constructor(private readonly decoder: StackDecoder, private readonly original: string) {}

  public read(text: string): StackFile {
    const { decoder } = this;
    const root = decoder.parse(text);
    const fields = decoder.fields(root, '', ROOT_KEYS);
    const version = decoder.text(fields.get('version'), '');
    const gateway = this.provider(fields.get('provider'));
    if (version !== '' && version !== STACK_VERSION) {
      decoder.fail(fields.get('version')!.line, `"${STACK_VERSION}" is the only valid version of a stack file`);
    }
    return {
      version,
      gateway,
      functions: this.functions(fields.get('functions')),
      ...this.configuration(fields.get('configuration')),
      original: this.original,
      warnings: decoder.warnings.sort((a, b) => a.line - b.line),
    };
  }

  /** The gateway. The provider's former name is taken with a warning; any other is refused. */
  private provider(entry: YamlEntry | undefined): string {
    const fields = entry === undefined ? undefined : this.decoder.fields(entry.value, 'provider', PROVIDER_KEYS);
    const name = fields?.get('name');
    const provider = this.decoder.text(name, 'provider');
    if (provider === FORMER_PROVIDER) {
      this.decoder.warnings.push({
        code: 'FormerStackProvider',
        line: name!.line,
        message: `provider.name is "${FORMER_PROVIDER}", which faas-cli has refused since 2019; it is read as "${STACK_PROVIDER}"`,
      });
    } else if (provider !== STACK_PROVIDER) {
      this.decoder.fail((name ?? entry)?.line ?? 1, `provider.name must be "${STACK_PROVIDER}", the only provider of faas-cli`);
    }
    return this.decoder.text(fields?.get('gateway'), 'provider');
  }

  private functions(entry: YamlEntry | undefined): StackFunction[] {
    if (entry === undefined) return [];
    return this.decoder.entries(entry.value, 'functions').map(item => this.function(item)).sort((a, b) => a.name < b.name ? -1 : 1);
  }

  private function(entry: YamlEntry): StackFunction {
    const { decoder } = this;
    const where = decoder.path('functions', entry.key);
    const fields = decoder.fields(entry.value, where, FUNCTION_KEYS);
    const text = (key: string) => decoder.text(fields.get(key), where);
    const image = text('image');
    if (image === '') decoder.fail(fields.get('image')?.line ?? entry.line, `${where}.image is required`);
    return {
      name: entry.key,
      line: entry.line,
      image,
      lang: text('lang'),
      handler: text('handler'),
      fprocess: text('fprocess'),
      environment: decoder.textMap(fields.get('environment'), where),
      environmentFiles: decoder.texts(fields.get('environment_file'), where),
      secrets: decoder.texts(fields.get('secrets'), where),
      constraints: given(fields.get('constraints'), value => decoder.texts(value, where)),
      labels: given(fields.get('labels'), value => decoder.textMap(value, where)),
      annotations: given(fields.get('annotations'), value => decoder.textMap(value, where)),
      limits: given(fields.get('limits'), value => this.resources(value, where)),
      requests: given(fields.get('requests'), value => this.resources(value, where)),
      readOnlyRootFilesystem: decoder.flag(fields.get('readonly_root_filesystem'), where),
      namespace: text('namespace'),
      skipBuild: decoder.flag(fields.get('skip_build'), where),
      buildOptions: decoder.texts(fields.get('build_options'), where),
      buildArgs: decoder.textMap(fields.get('build_args'), where),
      buildSecrets: decoder.textMap(fields.get('build_secrets'), where),
      platforms: text('platforms'),
    };
  }

  private resources(entry: YamlEntry, where: string): StackResources {
    const path = this.decoder.path(where, entry.key);
    const fields = this.decoder.fields(entry.value, path, RESOURCE_KEYS);
    return { memory: this.decoder.text(fields.get('memory'), path), cpu: this.decoder.text(fields.get('cpu'), path) };
  }

  private configuration(entry: YamlEntry | undefined): Pick<StackFile, 'templates' | 'copy'> {
    if (entry === undefined) return { templates: [], copy: [] };
    const where = 'configuration';
    const fields = this.decoder.fields(entry.value, where, CONFIGURATION_KEYS);
    const templates = fields.get('templates');
    const items = templates?.value.items ?? (templates === undefined ? [] : this.decoder.fail(templates.line, `${where}.templates must be a list`));
    return {
      templates: items.filter(item => !item.isNull).map(item => {
        const template = this.decoder.fields(item, `${where}.templates`, ['name', 'source']);
        return { name: this.decoder.text(template.get('name'), where), source: this.decoder.text(template.get('source'), where) };
      }),
      copy: this.decoder.texts(fields.get('copy'), where),
    };
  }
}

/** A field that is there and has a value; an empty list or mapping is one. */
function given<T>(entry: YamlEntry | undefined, read: (entry: YamlEntry) => T): T | undefined {
  return entry === undefined || entry.value.isNull ? undefined : read(entry);
}
