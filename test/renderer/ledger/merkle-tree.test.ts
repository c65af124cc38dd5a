import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { leafHash, MerkleTree } from '../../../renderer/ledger/merkle-tree.ts';
import { verifyConsistency, verifyInclusion } from '../../../renderer/ledger/verify-proof.ts';

const hex = (text: string) => Buffer.from(text, 'hex');
const treeOf = (entries: readonly Buffer[]) => {
  const tree = new MerkleTree();
  for (const entry of entries) tree.append(leafHash(entry));
  return tree;
};
const numbered = (count: number) => Array.from({ length: count }, (_, i) => Buffer.from(`entry ${i}`));

/** MTH of RFC 9162, section 2.1.1, word for word. */
function definition(entries: readonly Buffer[]): Buffer {
  const sha256 = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
  if (entries.length === 0) return sha256();
  if (entries.length === 1) return sha256(Buffer.of(0), entries[0]);
  let k = 1;
  while (k * 2 < entries.length) k *= 2;
  return sha256(Buffer.of(1), definition(entries.slice(0, k)), definition(entries.slice(k)));
}

/** The vectors of the reference implementation of RFC 6962: google/certificate-transparency, merkletree tests. */
describe('published vectors', () => {
  const inputs = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ];
  const roots = [
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];
  const nodes = {
    leaf1: '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
    leaf4: 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    from2to4: '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
    from4to6: '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
    from6to8: 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
    from4to8: '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
  };
  const tree = treeOf(inputs.map(hex));

  it.each(roots.map((root, size) => [size, root] as const))('the root of %i leaves', (size, root) => {
    expect(tree.root(size).toString('hex')).toBe(root);
  });

  it.each([
    [0, 1, []],
    [0, 8, [nodes.leaf1, nodes.from2to4, nodes.from4to8]],
    [5, 8, [nodes.leaf4, nodes.from6to8, roots[4]]],
    [2, 3, [roots[2]]],
    [1, 5, [roots[1], nodes.from2to4, nodes.leaf4]],
  ])('the inclusion of leaf %i in %i', (index, size, path) => {
    const proof = tree.inclusionProof(index, size);
    expect(proof.map((hash) => hash.toString('hex'))).toEqual(path);
    expect(verifyInclusion(leafHash(hex(inputs[index])), index, size, path.map(hex), hex(roots[size]))).toBe(
      true,
    );
  });

  it.each([
    [1, 1, []],
    [1, 8, [nodes.leaf1, nodes.from2to4, nodes.from4to8]],
    [6, 8, [nodes.from4to6, nodes.from6to8, roots[4]]],
    [2, 5, [nodes.from2to4, nodes.leaf4]],
  ])('the consistency of %i with %i leaves', (first, second, path) => {
    const proof = tree.consistencyProof(first, second);
    expect(proof.map((hash) => hash.toString('hex'))).toEqual(path);
    expect(verifyConsistency(first, second, path.map(hex), hex(roots[first]), hex(roots[second]))).toBe(true);
  });
});

const sizes = fc
  .integer({ min: 1, max: 200 })
  .chain((size) =>
    fc.record({ size: fc.constant(size), index: fc.nat(size - 1), first: fc.integer({ min: 1, max: size }) }),
  );

describe('any tree', () => {
  it('has the root that the definition gives, now and at every earlier size', () => {
    fc.assert(
      fc.property(sizes, ({ size, first }) => {
        const entries = numbered(size);
        const tree = treeOf(entries);
        expect(tree.root()).toEqual(definition(entries));
        expect(tree.root(first)).toEqual(definition(entries.slice(0, first)));
        tree.truncate(first);
        expect(tree.root()).toEqual(definition(entries.slice(0, first)));
      }),
    );
  });

  it('proves every leaf, in its place and in no other', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), ({ size, index }, noise) => {
        const tree = treeOf(numbered(size));
        const proof = tree.inclusionProof(index);
        const check = (leaf = tree.leaf(index), at = index, of = size, by = proof, root = tree.root()) =>
          verifyInclusion(leaf, at, of, by, root);
        expect(check()).toBe(true);
        expect(check(leafHash(Buffer.from('another')))).toBe(false);
        expect(check(undefined, index, size, proof, leafHash(Buffer.from('root')))).toBe(false);
        expect(check(undefined, (index + 1 + (noise % size)) % (size + 1))).toBe(
          (index + 1 + (noise % size)) % (size + 1) === index,
        );
        expect(check(undefined, index, size, [...proof, tree.leaf(0)])).toBe(false);
        if (proof.length > 0) expect(check(undefined, index, size, proof.slice(1))).toBe(false);
      }),
    );
  });

  it('proves that it continues each earlier one, and not one that was changed', () => {
    fc.assert(
      fc.property(sizes, ({ size, index, first }) => {
        const tree = treeOf(numbered(size));
        const proof = tree.consistencyProof(first);
        expect(verifyConsistency(first, size, proof, tree.root(first), tree.root())).toBe(true);
        const changed = numbered(size);
        changed[index] = Buffer.from('another');
        const other = treeOf(changed);
        const isOld = index < first;
        expect(verifyConsistency(first, size, proof, other.root(first), tree.root())).toBe(!isOld);
        expect(
          verifyConsistency(first, size, other.consistencyProof(first), tree.root(first), other.root()),
        ).toBe(!isOld);
        expect(verifyConsistency(first, size, [...proof, tree.leaf(0)], tree.root(first), tree.root())).toBe(
          false,
        );
      }),
    );
  });

  it('refuses what is not in it', () => {
    const tree = treeOf(numbered(3));
    for (const ask of [
      () => tree.root(4),
      () => tree.inclusionProof(3),
      () => tree.consistencyProof(0),
      () => tree.leaf(-1),
    ]) {
      expect(ask).toThrow(RangeError);
    }
  });
});
