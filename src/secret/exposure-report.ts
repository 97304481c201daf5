import type { App } from 'cdk8s';
import { Exposure } from './exposure';
import { addAppFile } from '../app/app-files';
import { AppInspector } from '../app/app-inspector';
import { SecretsError } from '../errors/secrets-error';
import { exposureReport, type ExposureFormat } from '../report/exposure/exposure-formats';

/** What is written, and where. */
export interface ExposureReportProps {
  /**
   * The name of the file in the output of the app. Its ending says what it is: `.html` a page, `.md` Markdown, `.mmd` a diagram of Mermaid, `.dot`
   * one of Graphviz.
   *
   * @default 'exposure.html'
   */
  readonly file?: string;
}

/** What the endings mean. Those that kubectl applies are not among them. */
const FORMATS: Readonly<Record<string, ExposureFormat>> = { html: 'html', md: 'markdown', mmd: 'mermaid', dot: 'dot' };

/**
 * Writes with every synth who can read which Secret, and why: what `cdk8s-secrets report` makes. No value is in it.
 *
 * @example
 * new ExposureReport(App.of(this), { file: 'exposure.html' });
 *
 * @see docs/exposure.md
 */
export class ExposureReport {
  /**
   * The name of the file in the output of the app.
   */
  public readonly file: string;

  /**
   * @param app the app
   * @param props the file
   * @throws InvalidReportFile
   */
  constructor(app: App, props: ExposureReportProps = {}) {
    const { file = 'exposure.html' } = props;
    const [, ending = ''] = /^[^/\\]+\.([a-z]+)$/.exec(file) ?? [];
    if (!Object.hasOwn(FORMATS, ending)) {
      throw new SecretsError({
        code: 'InvalidReportFile',
        message: `${JSON.stringify(file)} is no file for a report`,
        next: 'give a name without a folder that ends in .html, .md, .mmd or .dot: kubectl would apply others that it finds in the output',
      }, app.node.path);
    }
    this.file = file;
    AppInspector.of(app);
    addAppFile(app, {
      name: file,
      text: (inspection, redact) => exposureReport(Exposure._of(inspection, redact)._view(inspection.findings), FORMATS[ending]),
    });
  }
}
