import type { Manifest } from '../../inspect/model/manifest';
import { record } from '../../inspect/model/untyped';

/** What is not in a program, and why. */
export class LeftOut {
  readonly #lines: string[] = [];
  #isComplete = true;

  public get lines(): readonly string[] {
    return this.#lines;
  }

  /** Whether nothing is missing that anybody has applied. */
  public get isComplete(): boolean {
    return this.#isComplete;
  }

  /** An object that something else makes from others. */
  public addMade(manifest: Manifest, maker: string): undefined {
    this.say(manifest, `${maker} makes it`);
  }

  /** An object that no program can have. */
  public add(manifest: Pick<Manifest, 'kind' | 'name'>, why: string): undefined {
    this.#isComplete = false;
    this.say(manifest, why);
  }

  private say({ kind, name }: Pick<Manifest, 'kind' | 'name'>, why: string): void {
    this.#lines.push(`${`${kind || 'a document'} ${name}`.trim()}: ${why}`);
  }

  /** An object of which cdk8s makes another one. */
  public addChanged({ kind, name, raw }: Manifest): undefined {
    const isNamed = record(raw.metadata).name !== undefined;
    this.add({ kind, name }, isNamed ? 'cdk8s would make another object of it' : 'it has no name of its own, and cdk8s gives every object one');
  }
}
