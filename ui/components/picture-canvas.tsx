import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Picture } from '../../models/image/picture.ts';

interface Props {
  readonly picture: Picture;
  readonly label: string;
  readonly class?: string;
  readonly style?: Record<string, string>;
}

/** A picture of pixels, as an image to screen readers. */
export function PictureCanvas({ picture, label, ...rest }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    const { width, height, data } = picture;
    canvas.current
      ?.getContext('2d')
      ?.putImageData(new ImageData(new Uint8ClampedArray(data), width, height), 0, 0);
  }, [picture]);
  return (
    <canvas
      {...rest}
      ref={canvas}
      width={picture.width}
      height={picture.height}
      role="img"
      aria-label={label}
    />
  );
}
