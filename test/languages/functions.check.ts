import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { isThere, programOf } from './workshop';

// The functions of the guides, as an example's README has them. Not part of `npm test`: run it with `npm run test:functions`.

const EXAMPLE = 'examples/openfaas-api-key';
const SECRET = 'secret-api-key';
const MINUTES = 60_000;

const README = readFileSync(resolve(__dirname, '../..', EXAMPLE, 'README.md'), 'utf8');
/** What README calls the function with, and what it says that comes back. */
const CALLS = [...README.matchAll(/-H "X-Api-Key=([^"]+)" +# (.+)$/gm)].map(([, key, answer]) => ({ key, answer }));

/** Where a function looks for secrets; a test has both in a folder of its own. */
const NEW_PLACE = '/var/openfaas/secrets/';
const OLD_PLACE = '/run/secrets/';

const MAIN = `package main

import (
	"fmt"
	"net/http/httptest"
	"os"
	"strings"

	"program/function"
)

func main() {
	for _, key := range os.Args[1:] {
		request := httptest.NewRequest("POST", "/", nil)
		request.Header.Set("X-Api-Key", key)
		answer := httptest.NewRecorder()
		function.Handle(answer, request)
		fmt.Printf("%d %s\\n", answer.Code, strings.TrimSpace(answer.Body.String()))
	}
}
`;

const CALLER = `
import sys
from types import SimpleNamespace
for key in sys.argv[1:]:
    answer = handle(SimpleNamespace(headers={"X-Api-Key": key}), None)
    print(answer["statusCode"], answer["body"])
`;

/** A machine with the function on it, and secrets. */
class Machine {
  public readonly folder = mkdtempSync(join(tmpdir(), 'cdk8s-secrets-function-'));

  public put(place: string, content?: string): void {
    const file = join(this.folder, place, SECRET);
    mkdirSync(dirname(file), { recursive: true });
    if (content === undefined) cpSync(resolve(__dirname, '../..', EXAMPLE, `${SECRET}.txt`), file);
    else writeFileSync(file, content);
  }

  /** Takes every secret away. */
  public clear(): void {
    for (const place of [NEW_PLACE, OLD_PLACE]) rmSync(join(this.folder, place), { recursive: true, force: true });
  }

  /** The function of README, which looks for secrets on this machine. */
  public program(language: string, places: readonly string[]): string {
    return places.reduce((text, place) => {
      expect(text).toContain(`"${place}`);
      return text.replaceAll(`"${place}`, `"${join(this.folder, place)}/`);
    }, programOf(`${EXAMPLE}/README.md`, language));
  }

  public write(name: string, text: string): string {
    const file = join(this.folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }
}

const machine = new Machine();
afterAll(() => rmSync(machine.folder, { recursive: true, force: true }));
afterEach(() => machine.clear());

const run = (program: string, args: readonly string[], options: object = {}) => execFileSync(program, args, { encoding: 'utf8', ...options }).trimEnd().split('\n');

test('README calls the function with the right key and with a wrong one', () => {
  expect(CALLS.map(({ answer }) => answer)).toEqual(['Unlocked the function!', 'Access denied!']);
});

const CODES: Readonly<Record<string, number>> = { 'Unlocked the function!': 200, 'Access denied!': 401 };
const told = CALLS.map(({ answer }) => `${CODES[answer]} ${answer}`);
const keys = CALLS.map(({ key }) => key);

const noGo = isThere('go', 'version') ? undefined : 'there is no go';
(noGo === undefined ? describe : describe.skip)(`the function in Go${noGo === undefined ? '' : ` (skipped: ${noGo})`}`, () => {
  const answers = () => run(join(machine.folder, 'program'), keys);

  beforeAll(() => {
    machine.write('go.mod', 'module program\n\ngo 1.21\n');
    machine.write('main.go', MAIN);
    machine.write('function/handler.go', machine.program('go', [NEW_PLACE, OLD_PLACE]));
    run('go', ['build', '-o', 'program', '.'], { cwd: machine.folder, env: { ...process.env, GOFLAGS: '-mod=mod', GOTOOLCHAIN: 'local' } });
  }, 10 * MINUTES);

  test('answers as README says, with the secret where OpenFaaS puts it', () => {
    machine.put(NEW_PLACE);
    expect(answers()).toEqual(told);
  });

  test('answers so with the secret where Docker Swarm put it', () => {
    machine.put(OLD_PLACE);
    expect(answers()).toEqual(told);
  });

  test('takes the place of today first, and does not mind a newline', () => {
    machine.put(NEW_PLACE, `${keys[0]}\n`);
    machine.put(OLD_PLACE, 'another');
    expect(answers()).toEqual(told);
  });

  test('says that the secret is not there', () => {
    expect(answers()).toEqual(keys.map(() => '500 the secret is not there'));
  });
});

const noPython = isThere('python3', '--version') ? undefined : 'there is no python3';
(noPython === undefined ? test : test.skip)(`the function in Python answers as README says${noPython === undefined ? '' : ` (skipped: ${noPython})`}`, () => {
  machine.put(NEW_PLACE);
  const file = machine.write('handler.py', machine.program('python', [NEW_PLACE]) + CALLER);
  expect(run('python3', [file, ...keys])).toEqual(told);
});
