import { GenMapping, maybeAddSegment, setSourceContent, toEncodedMap } from '@jridgewell/gen-mapping';
import { decodedMappings, TraceMap, traceSegment } from '@jridgewell/trace-mapping';

const INLINE = /^\/\/# sourceMappingURL=data:application\/json;(?:charset=utf-8;)?base64,(\S+)\s*$/m;

/** The source map of a file that is made of several compiled modules: from its lines to the TypeScript of each. */
export class SourceMapOfModules {
  private readonly map: GenMapping;

  /**
   * @param file the name of the file that the map is of
   * @param sources the folder of the sources, from that of the file
   */
  public constructor(file: string, private readonly sources: string) {
    this.map = new GenMapping({ file });
  }

  /**
   * Adds a module.
   *
   * @param path where it stands in the library, and in `src/`: `secret/secret-base`
   * @param compiled what the compiler made of it, with a source map in it
   * @param changed the source map from the module's text in the file to what the compiler made
   * @param line the line of the file at which that text begins, from 0
   * @throws Error where the compiler made no source map with the source in it
   */
  public add(path: string, compiled: string, changed: string, line: number): void {
    const [, inline] = INLINE.exec(compiled) ?? [];
    const toSource = inline === undefined ? undefined : new TraceMap(Buffer.from(inline, 'base64').toString());
    const content = toSource?.sourcesContent?.[0];
    if (toSource === undefined || typeof content !== 'string') throw new Error(`the compiler made no source map of ${path} with the source in it`);

    const source = `${this.sources}/${path}.ts`;
    setSourceContent(this.map, source, content);
    for (const [index, segments] of decodedMappings(new TraceMap(changed)).entries()) {
      for (const segment of segments) {
        const origin = segment.length === 1 ? null : traceSegment(toSource, segment[2], segment[3]);
        if (origin !== null && origin.length !== 1) maybeAddSegment(this.map, line + index, segment[0], source, origin[2], origin[3]);
      }
    }
  }

  /** The map, in the form of its format. */
  public toString(): string {
    return JSON.stringify(toEncodedMap(this.map));
  }
}
