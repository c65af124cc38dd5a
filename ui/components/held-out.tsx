import styles from './held-out.module.css';

/** Measures of the renderer: `NAMEBase` and `NAMEAdapted`, and which way is better. */
const MEASURES = [
  { key: 'psnr', name: 'Sharpness (PSNR, dB)', better: 1 },
  { key: 'texture', name: 'Texture distance', better: -1 },
  { key: 'spectrum', name: 'Spectrum distance', better: -1 },
] as const;

/** What adaptation gained on the part of the reference that it never saw. */
export function HeldOut({ measures }: { readonly measures: Readonly<Record<string, number>> }) {
  const rows = MEASURES.flatMap(({ key, name, better }) => {
    const [before, after] = [measures[`${key}Base`], measures[`${key}Adapted`]];
    return before === undefined || after === undefined ? [] : [{ key, name, better, before, after }];
  });
  if (rows.length === 0) return null;
  return (
    <table class={styles['table']}>
      <caption class={styles['caption']}>On a part of the reference that was held out</caption>
      <thead>
        <tr>
          <th scope="col" />
          <th scope="col">Before</th>
          <th scope="col">After</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, better, before, after }) => (
          <tr key={key}>
            <th scope="row">{name}</th>
            <td>{shorten(before)}</td>
            <td class={(after - before) * better > 0 ? styles['better'] : ''}>{shorten(after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const shorten = (value: number): string => value.toPrecision(3);
