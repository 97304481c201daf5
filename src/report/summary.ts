import { countsOf, number, type Report } from './report';
import { SkipReason, type Skipped } from '../inspect/read/skipped';

/** How many files are named one by one. */
const MAX_LISTED = 20;

/** `439 files, 312 objects, 12 skipped: no errors; 1 Secret is made elsewhere`. */
export function summary(report: Report): string {
  const { files, objectCount, skipped = [], unreadable = [], findings } = report;
  const { errors, warnings, acknowledged } = countsOf(report);
  const missing = findings.filter(({ code, severity }) => code === 'UnknownSecret' && severity === 'warning').length;
  const what = [
    number(files.length, 'file'),
    number(objectCount, 'object'),
    ...skipped.length === 0 ? [] : [`${skipped.length} skipped`],
    ...unreadable.length === 0 ? [] : [`${unreadable.length} not read`],
  ];
  const found = [
    errors === 0 ? 'no errors' : number(errors, 'error'),
    ...warnings === missing ? [] : [number(warnings - missing, 'warning')],
    ...acknowledged === 0 ? [] : [`${acknowledged} acknowledged`],
  ];
  const elsewhere = missing === 0 ? '' : `; ${missing === 1 ? '1 Secret is' : `${missing} Secrets are`} made elsewhere`;
  return `${what.join(', ')}: ${found.join(', ')}${elsewhere}`;
}

/** One and many of what was skipped. */
const SKIPPED: Readonly<Record<SkipReason, readonly [string, string]>> = {
  [SkipReason.HIDDEN]: ['hidden file or folder', 'hidden files and folders'],
  [SkipReason.DEPENDENCIES]: ['folder of dependencies', 'folders of dependencies'],
  [SkipReason.CHART]: ['Helm chart', 'Helm charts'],
  [SkipReason.IGNORED]: ['file or folder that git ignores', 'files and folders that git ignores'],
  [SkipReason.EXCLUDED]: ['excluded file or folder', 'excluded files and folders'],
  [SkipReason.KUSTOMIZE]: ['kustomization or patch', 'kustomizations and patches'],
  [SkipReason.ASSERTION]: ['file of a test', 'files of tests'],
  [SkipReason.NO_MANIFEST]: ['file or document that is no manifest', 'files and documents that are no manifests'],
};

/** What was skipped and not read, what else there is to say, and what to do next: a line each. */
export function nextSteps({ skipped = [], unreadable = [], notes = [], findings }: Report, verbose: boolean): string[] {
  const lines: string[] = [];
  if (skipped.length > 0) {
    const groups = Object.values(SkipReason).map(reason => ({ reason, count: skipped.filter(entry => entry.reason === reason).length }));
    const texts = groups.filter(({ count }) => count > 0).map(({ reason, count }) => number(count, ...SKIPPED[reason]));
    lines.push(`skipped: ${texts.join(', ')}${verbose ? '' : ' (--verbose lists them)'}`);
    if (verbose) lines.push(...skipped.map(skippedLine));
  }
  const templates = unreadable.filter(({ template }) => template);
  if (templates.length > 0) {
    lines.push(`not read: ${number(templates.length, 'Helm template')}: render ${templates.length === 1 ? 'it' : 'them'} first, helm template … | cdk8s-secrets check -`);
    if (verbose) lines.push(...templates.map(({ file, line }) => `  ${file}${line === undefined ? '' : `:${line}`}`));
  } else if (skipped.some(({ reason }) => reason === SkipReason.CHART)) {
    lines.push('next: check what a chart renders with helm template … | cdk8s-secrets check -');
  }
  const others = unreadable.filter(({ template }) => !template);
  for (const { file, line, message, next } of others.slice(0, verbose ? others.length : MAX_LISTED)) {
    lines.push(`not read: ${file}${line === undefined ? '' : `:${line}`}: ${message}; ${next}`);
  }
  if (!verbose && others.length > MAX_LISTED) lines.push(`not read: ${others.length - MAX_LISTED} more (--verbose lists them)`);
  lines.push(...notes.map(note => `note: ${note}`));
  if (findings.some(({ code, severity }) => code === 'UnknownSecret' && severity === 'warning')) {
    lines.push("next: name the Secrets that are made elsewhere with --existing, or under 'existing' in .cdk8s-secrets.yaml");
  }
  return lines;
}

function skippedLine({ path, line, reason }: Skipped): string {
  return `  ${path}${line === undefined ? '' : `:${line}`}: ${SKIPPED[reason][0]}`;
}
