import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { sha256 } from '../../../../renderer/provenance/origin.ts';
import { testIdentity } from '../../provenance/identities.ts';
import { astronaut, joconde, runLimner } from '../../run-limner.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const inFolder = temporaryFolder();
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
const inspect = async (...args: string[]) => {
  const { code, out, err } = await runLimner(['inspect', ...args, '--json']);
  return {
    code,
    err,
    found: out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  };
};

beforeAll(async () => {
  await mkdir(inFolder('out'));
  const { code } = await runLimner([
    'render',
    astronaut,
    '--style',
    joconde,
    '--out',
    inFolder('out', 'a.png'),
  ]);
  expect(code).toBe(0);
});

describe('limner inspect', () => {
  it('trusts what limner render has just written, and says from what it was made', async () => {
    const { code, found } = await inspect(inFolder('out', 'a.png'));
    expect(code).toBe(0);
    expect(found[0]).toMatchObject({
      ok: true,
      provenance: {
        verdict: 'trusted',
        action: 'restyled',
        source: sha256(await readFile(astronaut)),
        style: { name: 'joconde', sha256: sha256(await readFile(joconde)) },
      },
    });
    const { out } = await runLimner(['inspect', inFolder('out', 'a.png')]);
    expect(out).toMatch(/Trusted: unchanged since it was signed/);
    expect(out).toMatch(/style +joconde, SHA-256 94bd/);
  });

  it('exits 3 for a changed file, and goes on with the next', async () => {
    const changed = await readFile(inFolder('out', 'a.png'));
    changed[changed.length - 30] ^= 1;
    await writeFile(inFolder('changed.png'), changed);
    const { code, found, err } = await inspect(inFolder('none.png'), inFolder('changed.png'), astronaut);
    expect(code).toBe(3);
    expect(err).toContain('NOT_FOUND');
    expect(found.map(({ ok, provenance }) => [ok, provenance.verdict])).toEqual([
      [false, 'tampered'],
      [true, 'none'],
    ]);
  });
});

describe('results signed by a given certificate', () => {
  const small = () => inFolder('small.png');
  const upscale = (out: string, ...options: string[]) =>
    runLimner([
      'upscale',
      small(),
      '--scale',
      '2',
      '--weights',
      'srgan-lite',
      '--out',
      inFolder(out),
      ...options,
    ]);
  beforeAll(async () => {
    await sharp(astronaut).extract({ left: 180, top: 90, width: 40, height: 40 }).toFile(small());
    const { keyPem, certificatePem, rootPem } = await testIdentity();
    await writeFile(inFolder('key.pem'), keyPem);
    await writeFile(inFolder('cert.pem'), certificatePem);
    await writeFile(inFolder('root.pem'), rootPem);
  });

  it('are believed by whoever trusts its root, and by nobody else', async () => {
    const sign = ['--sign-cert', inFolder('cert.pem'), '--sign-key', inFolder('key.pem')];
    expect((await upscale('large.jpg', ...sign)).code).toBe(0);
    const [alone, told] = [
      await inspect(inFolder('large.jpg')),
      await inspect(inFolder('large.jpg'), '--trust', inFolder('root.pem')),
    ];
    expect([alone.code, alone.found[0].provenance.verdict]).toEqual([3, 'untrusted']);
    expect([told.code, told.found[0].provenance.verdict, told.found[0].provenance.action]).toEqual([
      0,
      'trusted',
      'enlarged',
    ]);
  });

  it.skipIf(!hasOpenssl)(
    'an authority in between, made by OpenSSL with RSA, is followed to its root',
    async () => {
      const chain = makeChain(inFolder('chain'));
      const sign = ['--sign-cert', chain.certificates, '--sign-key', chain.key];
      expect(await upscale('rsa.png', ...sign)).toMatchObject({ code: 0 });
      expect((await inspect(inFolder('rsa.png'), '--trust', chain.root)).found[0].provenance).toMatchObject({
        verdict: 'trusted',
        signer: { subject: 'CN=Studio', issuer: 'CN=Middle' },
      });
      expect((await inspect(inFolder('rsa.png'))).found[0].provenance.verdict).toBe('untrusted');
    },
  );

  it('--no-provenance: not a word', async () => {
    expect((await upscale('plain.png', '--no-provenance')).code).toBe(0);
    expect((await inspect(inFolder('plain.png'))).found[0].provenance.verdict).toBe('none');
    expect((await sharp(inFolder('plain.png')).metadata()).xmp).toBeUndefined();
  });

  it('BAD_CERTIFICATE for a key of another certificate, USAGE for one of the two', async () => {
    const other = await testIdentity();
    await writeFile(inFolder('other.pem'), other.keyPem);
    const wrong = await upscale(
      'x.png',
      '--sign-cert',
      inFolder('cert.pem'),
      '--sign-key',
      inFolder('other.pem'),
    );
    expect(wrong).toMatchObject({ code: 3, err: expect.stringContaining('[BAD_CERTIFICATE]') });
    expect((await upscale('x.png', '--sign-cert', inFolder('cert.pem'))).code).toBe(2);
  });
});

/** Root, middle, leaf as files, by the openssl command: an independent maker of certificates. */
function makeChain(folder: string) {
  const script = `
    set -e; mkdir -p "$0"; cd "$0"
    openssl req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -days 2 -subj /CN=Root \
      -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign
    issue() { openssl req -newkey rsa:2048 -nodes -keyout $1.key -out $1.csr -subj /CN=$2
      openssl x509 -req -in $1.csr -CA $3.pem -CAkey $3.key -CAcreateserial -out $1.pem -days 2 -extfile $1.ext; }
    printf 'basicConstraints=critical,CA:TRUE\\nkeyUsage=critical,keyCertSign\\nsubjectKeyIdentifier=hash\\nauthorityKeyIdentifier=keyid' > middle.ext
    printf 'basicConstraints=critical,CA:FALSE\\nkeyUsage=critical,digitalSignature\\nextendedKeyUsage=emailProtection\\nauthorityKeyIdentifier=keyid' > leaf.ext
    issue middle Middle root; issue leaf Studio middle; cat leaf.pem middle.pem > chain.pem`;
  execFileSync('bash', ['-c', script, folder], { stdio: 'ignore' });
  return { certificates: `${folder}/chain.pem`, key: `${folder}/leaf.key`, root: `${folder}/root.pem` };
}
