/** The Figma main thread. So far it only tells the UI how many selected layers hold a picture. */

figma.showUI(__html__, { width: 320, height: 220, themeColors: true });
figma.on('selectionchange', postSelection);
postSelection();

function postSelection(): void {
  figma.ui.postMessage({
    type: 'selection',
    pictures: figma.currentPage.selection.filter(hasPicture).length,
  });
}

function hasPicture(node: SceneNode): boolean {
  return 'fills' in node && node.fills !== figma.mixed && node.fills.some(({ type }) => type === 'IMAGE');
}
