import { RangeSlider, SegmentedControl } from '@create-figma-plugin/ui';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Look } from '../../protocol/plugin-data.ts';
import { CONTROLS, type Control } from '../app/controls.ts';
import type { sittersOf } from '../app/state.ts';
import styles from './look-controls.module.css';
import { SitterChoice } from './sitter-choice.tsx';

type Key = keyof Look;

interface Props {
  readonly look: Look;
  /** Of the style, where its reference shows several. */
  readonly sitters: ReturnType<typeof sittersOf>;
  readonly onChange: (look: Partial<Look>) => void;
  /** Corrects the chosen face of the style; undefined while that cannot be done. */
  readonly onCorrect?: () => void;
  /** Whether the user comes back from correcting: the focus returns to what led there. */
  readonly isBack?: boolean;
}

/** One row for each control of the table; what is seldom changed is folded away. */
export function LookControls({ look, sitters, onChange, onCorrect, isBack = false }: Props) {
  const [isOpen] = useState(isBack);
  const link = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (isOpen) link.current?.focus();
  }, [isOpen]);
  const rows = (isMore: boolean) =>
    (Object.entries(CONTROLS) as [Key, Control][])
      .filter(([, control]) => (control.isMore ?? false) === isMore)
      .map(([key, control]) => (
        <Row
          key={key}
          control={control}
          value={look[key]}
          onChange={(value) => onChange({ [key]: value } as Partial<Look>)}
        />
      ));
  return (
    <div class={styles['controls']}>
      {sitters && <SitterChoice {...sitters} onChoose={(referenceFace) => onChange({ referenceFace })} />}
      {rows(false)}
      <details open={isOpen}>
        <summary class={styles['more']}>More settings</summary>
        <div class={styles['folded']}>
          {rows(true)}
          <div class={styles['row']}>
            <span class={styles['name']}>Style’s face</span>
            <button ref={link} type="button" class={styles['link']} disabled={!onCorrect} onClick={onCorrect}>
              Correct eyes, mouth and jaw…
            </button>
          </div>
        </div>
      </details>
    </div>
  );
}

interface RowProps {
  readonly control: Control;
  readonly value: Look[Key];
  readonly onChange: (value: string | number) => void;
}

function Row({ control, value, onChange }: RowProps) {
  switch (control.kind) {
    case 'slider': {
      const isAuto = value === 'auto';
      const percent = isAuto ? 0 : Math.round(Number(value) * 100);
      const [low, high] = control.ends;
      return (
        <div class={styles['row']}>
          <span class={styles['name']}>{control.name}</span>
          <div class={styles['slider']} title={`${low} ↔ ${high}`}>
            <RangeSlider
              minimum={0}
              maximum={100}
              value={String(percent)}
              aria-label={control.name}
              aria-valuetext={isAuto ? 'as the style needs it' : `${percent} %, between ${low} and ${high}`}
              onNumericValueInput={(now: number) => onChange(now / 100)}
            />
          </div>
          {control.isAuto && !isAuto ? (
            <button
              type="button"
              class={styles['value']}
              title="Leave it to the style"
              aria-label={`${control.name}: ${percent} %; leave it to the style`}
              onClick={() => onChange('auto')}
            >
              {percent}
            </button>
          ) : (
            <output class={styles['value']}>{isAuto ? 'auto' : percent}</output>
          )}
        </div>
      );
    }
    case 'choice':
      return (
        <fieldset class={styles['row']}>
          <legend class="visually-hidden">{control.name}</legend>
          <span class={styles['name']} aria-hidden="true">
            {control.name}
          </span>
          <div class={styles['choice']}>
            <SegmentedControl
              name={control.name}
              value={String(value)}
              options={control.options.map((option) => ({
                value: String(option.value),
                children: option.label,
              }))}
              onValueChange={(chosen: string) => {
                const option = control.options.find((one) => String(one.value) === chosen);
                if (option) onChange(option.value);
              }}
            />
          </div>
        </fieldset>
      );
    default:
      control satisfies never;
      return null;
  }
}
