import { STACK_PROVIDER, STACK_VERSION, type StackFunction } from './stack-file';
import { yamlText } from '../document/yaml-text';

/** What a function's entry in a written stack file needs; the rest of an entry is about building images. */
export type WrittenFunction = Pick<StackFunction, 'name' | 'image'> & Partial<Omit<StackFunction, 'line'>>;

/**
 * A stack file that `faas-cli deploy -f` takes; substitution is escaped, so that every text arrives as it is.
 *
 * @param gateway the gateway's URL, or the empty text to leave it to `--gateway` and `$OPENFAAS_URL`
 */
export function stackText(functions: readonly WrittenFunction[], gateway = ''): string {
  return escapeTemplate(yamlText({
    version: STACK_VERSION,
    provider: { name: STACK_PROVIDER, ...given({ gateway }) },
    functions: Object.fromEntries(functions.map(fn => [fn.name, functionEntry(fn)])),
  }));
}

/** The text that drone/envsubst turns into the one given. */
export function escapeTemplate(text: string): string {
  return text.replace(/\$(?=[${])|\\(?=[\\/])/g, match => match + match);
}

function functionEntry(fn: WrittenFunction): Record<string, unknown> {
  return given({
    lang: fn.lang || 'dockerfile',
    handler: fn.handler,
    image: fn.image,
    // The images exist already: without this `faas-cli up` would build them.
    skip_build: fn.skipBuild ?? true,
    fprocess: fn.fprocess,
    namespace: fn.namespace,
    environment: fn.environment,
    secrets: fn.secrets,
    constraints: fn.constraints,
    labels: fn.labels,
    annotations: fn.annotations,
    limits: fn.limits && given({ ...fn.limits }),
    requests: fn.requests && given({ ...fn.requests }),
    readonly_root_filesystem: fn.readOnlyRootFilesystem,
    build_options: fn.buildOptions,
    build_args: fn.buildArgs,
    build_secrets: fn.buildSecrets,
    platforms: fn.platforms,
  });
}

/** Without the fields that say nothing. */
function given(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === '' || value === false || (typeof value === 'object' && Object.keys(value!).length === 0);
}
