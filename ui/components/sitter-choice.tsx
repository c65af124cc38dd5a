import { IconCheck16 } from '@create-figma-plugin/ui';
import type { Picture } from '../../models/image/picture.ts';
import { PictureCanvas } from './picture-canvas.tsx';
import styles from './sitter-choice.module.css';

interface Props {
  /** From the left. */
  readonly faces: readonly Picture[];
  /** Counted from the left, from 1. */
  readonly chosen: number;
  readonly onChoose: (number: number) => void;
}

/** The faces of a reference, of which one is chosen; nothing where it shows one alone. */
export function SitterChoice({ faces, chosen, onChoose }: Props) {
  if (faces.length < 2) return null;
  return (
    <fieldset class={styles['row']}>
      <legend class="visually-hidden">Sitter</legend>
      <span class={styles['name']} aria-hidden="true">
        Sitter
      </span>
      <div class={styles['faces']}>
        {faces.map((face, i) => (
          <SitterFace
            key={i}
            face={face}
            number={i + 1}
            isChosen={i + 1 === chosen}
            onChoose={() => onChoose(i + 1)}
          />
        ))}
      </div>
    </fieldset>
  );
}

interface FaceProps {
  readonly face: Picture;
  readonly number: number;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function SitterFace({ face, number, isChosen, onChoose }: FaceProps) {
  const name = `Face ${number} from the left`;
  return (
    <label class={isChosen ? `${styles['choice']} ${styles['chosen']}` : styles['choice']} title={name}>
      <input
        class="visually-hidden"
        type="radio"
        name="Sitter"
        value={number}
        checked={isChosen}
        onChange={onChoose}
      />
      <PictureCanvas class={styles['face']} picture={face} label={name} />
      {isChosen && (
        <span class={styles['mark']} aria-hidden="true">
          <IconCheck16 />
        </span>
      )}
    </label>
  );
}
