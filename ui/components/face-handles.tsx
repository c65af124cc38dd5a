import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { cropPicture } from '../../models/image/crop.ts';
import {
  type Corrections,
  HANDLE_NAMES,
  type Handle,
  roundedStep,
  type Step,
} from '../../models/stylize/handles.ts';
import type { CorrectedFace } from '../app/state.ts';
import styles from './face-handles.module.css';
import { PictureCanvas } from './picture-canvas.tsx';

interface Props {
  readonly face: CorrectedFace['face'];
  readonly corrections: Corrections;
  /** Called when a handle is let go. */
  readonly onChange: (corrections: Corrections) => void;
}

const NAMES: Readonly<Record<Handle, string>> = {
  leftEyeOuter: 'Left eye, outer corner',
  leftEyeUpperLid: 'Left eye, upper lid',
  leftEyeInner: 'Left eye, inner corner',
  leftEyeLowerLid: 'Left eye, lower lid',
  rightEyeInner: 'Right eye, inner corner',
  rightEyeUpperLid: 'Right eye, upper lid',
  rightEyeOuter: 'Right eye, outer corner',
  rightEyeLowerLid: 'Right eye, lower lid',
  mouthLeft: 'Mouth, left corner',
  mouthRight: 'Mouth, right corner',
  jawLeft: 'Jaw, left',
  chin: 'Chin',
  jawRight: 'Jaw, right',
};
const LINES: readonly (readonly Handle[])[] = [
  ['leftEyeOuter', 'leftEyeUpperLid', 'leftEyeInner', 'leftEyeLowerLid', 'leftEyeOuter'],
  ['rightEyeInner', 'rightEyeUpperLid', 'rightEyeOuter', 'rightEyeLowerLid', 'rightEyeInner'],
  ['mouthLeft', 'mouthRight'],
  ['jawLeft', 'chin', 'jawRight'],
];

/** Eye distances: what of the reference is shown around the handles. */
const MARGIN = 0.35;
/** Eye distances that a key moves a handle, and with Shift. */
const KEY_STEP = 0.01;
const LONG_KEY_STEP = 0.05;
const KEYS: Readonly<Record<string, Step>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

interface Moving {
  readonly name: Handle;
  readonly step: Step;
}

/** The face of a style's reference with handles that are dragged, or moved by keys, to where they belong. */
export function FaceHandles({ face, corrections, onChange }: Props) {
  const { picture, interocular, handles } = face;
  const [moving, setMoving] = useState<Moving | null>(null);
  const frame = useRef<HTMLDivElement>(null);
  // What opened the handles is gone, and the focus with it.
  useEffect(() => frame.current?.querySelector('button')?.focus(), []);
  const rect = useMemo(() => shownPart(face), [face]);
  const shown = useMemo(() => cropPicture(picture, rect), [picture, rect]);
  const stepOf = (name: Handle): Step =>
    moving?.name === name ? moving.step : (corrections[name] ?? [0, 0]);
  const placeOf = (name: Handle): Step => {
    const [[x, y], [dx, dy]] = [handles[name], stepOf(name)];
    return [x - rect.x + dx * interocular, y - rect.y + dy * interocular];
  };
  const follow = (name: Handle, { clientX, clientY }: PointerEvent) => {
    const box = frame.current?.getBoundingClientRect();
    if (!box) return;
    const scale = rect.width / box.width;
    const along = (client: number, start: number, offset: number, own: number) =>
      ((client - start) * scale + offset - own) / interocular;
    const [x, y] = handles[name];
    const step = roundedStep([along(clientX, box.left, rect.x, x), along(clientY, box.top, rect.y, y)]);
    setMoving({ name, step });
  };
  const followKey = (name: Handle, event: KeyboardEvent) => {
    const direction = KEYS[event.key];
    if (!direction) return;
    event.preventDefault();
    const [x, y] = stepOf(name);
    const length = event.shiftKey ? LONG_KEY_STEP : KEY_STEP;
    setMoving({ name, step: roundedStep([x + length * direction[0], y + length * direction[1]]) });
  };
  const letGo = () => {
    if (!moving) return;
    setMoving(null);
    const { [moving.name]: _, ...others } = corrections;
    const isMoved = moving.step.some((value) => value !== 0);
    onChange(isMoved ? { ...others, [moving.name]: moving.step } : others);
  };
  return (
    <div ref={frame} class={styles['frame']} style={{ aspectRatio: `${rect.width} / ${rect.height}` }}>
      <PictureCanvas class={styles['picture']} picture={shown} label="The style’s reference" />
      <svg class={styles['lines']} viewBox={`0 0 ${rect.width} ${rect.height}`} aria-hidden="true">
        {LINES.map((line) => (
          <polyline key={line[0]} points={line.map((name) => placeOf(name).join(',')).join(' ')} />
        ))}
      </svg>
      {HANDLE_NAMES.map((name) => {
        const [x, y] = placeOf(name);
        return (
          <button
            key={name}
            type="button"
            class={styles['handle']}
            style={{ left: `${(100 * x) / rect.width}%`, top: `${(100 * y) / rect.height}%` }}
            title={NAMES[name]}
            aria-label={NAMES[name]}
            aria-roledescription="handle"
            aria-keyshortcuts="ArrowLeft ArrowRight ArrowUp ArrowDown"
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={(event) => event.buttons === 1 && follow(name, event)}
            onPointerUp={letGo}
            onPointerCancel={letGo}
            onKeyDown={(event) => followKey(name, event)}
            onKeyUp={letGo}
            onBlur={letGo}
          />
        );
      })}
      <output class="visually-hidden">{moving && describe(moving)}</output>
    </div>
  );
}

/** For screen readers: how far a handle is from where the mesh has its point. */
function describe({ name, step: [x, y] }: Moving): string {
  const percent = (value: number, [negative, positive]: readonly [string, string]) =>
    `${Math.round(100 * Math.abs(value))} % ${value < 0 ? negative : positive}`;
  return `${NAMES[name]}: ${percent(x, ['left', 'right'])}, ${percent(y, ['up', 'down'])}`;
}

/** In whole px: the handles and what is around them. */
function shownPart({ picture, handles, interocular }: CorrectedFace['face']) {
  const places = Object.values(handles);
  const margin = MARGIN * interocular;
  const [xs, ys] = [places.map(([x]) => x), places.map(([, y]) => y)];
  const x = Math.max(0, Math.floor(Math.min(...xs) - margin));
  const y = Math.max(0, Math.floor(Math.min(...ys) - 1.5 * margin));
  return {
    x,
    y,
    width: Math.min(picture.width, Math.ceil(Math.max(...xs) + margin)) - x,
    height: Math.min(picture.height, Math.ceil(Math.max(...ys) + margin)) - y,
  };
}
