import { exposurePage } from './exposure-page';
import { exposureDot, exposureJson, exposureMarkdown, exposureMermaid } from './exposure-texts';
import type { ExposureView } from './exposure-view';

/** The forms of a report about an exposure, by the names that a command has for them. */
export const EXPOSURE_FORMATS = ['html', 'markdown', 'mermaid', 'dot', 'json'] as const;

export type ExposureFormat = typeof EXPOSURE_FORMATS[number];

/** A report in one of its forms. */
export function exposureReport(view: ExposureView, format: ExposureFormat): string {
  switch (format) {
    case 'html': return exposurePage(view);
    case 'markdown': return exposureMarkdown(view);
    case 'mermaid': return exposureMermaid(view);
    case 'dot': return exposureDot(view);
    case 'json': return exposureJson(view);
  }
}
