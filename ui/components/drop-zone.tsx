import { useEffect, useState } from 'preact/hooks';
import styles from './drop-zone.module.css';

interface Props {
  readonly onFiles: (files: readonly File[]) => void;
}

/** The whole window takes files; styles and videos are also chosen by buttons, for the keyboard. */
export function DropZone({ onFiles }: Props) {
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const over = (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    };
    const leave = ({ relatedTarget }: DragEvent) => {
      if (!relatedTarget) setOver(false);
    };
    const drop = (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      onFiles([...(event.dataTransfer?.files ?? [])]);
    };
    document.addEventListener('dragover', over);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', drop);
    };
  }, [onFiles]);
  return isOver ? <div class={styles['hint']}>Drop to add a style, or to paint a video</div> : null;
}
