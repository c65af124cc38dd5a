/** A page that leaves for another: how Figma's window gets from a data: page, which has no WebGPU, to a served one. */
export function redirectTo(url: string): string {
  return `<script>location.replace(${JSON.stringify(url).replace(/</g, '\\u003c')})</script>`;
}
