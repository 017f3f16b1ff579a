import { Box } from '@mui/material';
import { useQuery } from '@tanstack/react-query';

/** Drawn as one SVG path from the module matrix: sharp at any size, no image data, the library only when asked for. */
export function Qr({ text, name }: { text: string; name: string }) {
  const { data } = useQuery({
    queryKey: ['qr', text],
    queryFn: async () => {
      const { create } = await import('qrcode');
      return create(text, { errorCorrectionLevel: 'M' }).modules;
    },
    staleTime: Infinity,
  });
  if (!data) return <Box sx={{ width: 232, height: 232 }} />;
  const cells: string[] = [];
  for (let row = 0; row < data.size; row += 1) {
    for (let column = 0; column < data.size; column += 1) {
      if (data.get(row, column)) cells.push(`M${column + 4} ${row + 4}h1v1h-1z`);
    }
  }
  const side = data.size + 8;
  return (
    <svg
      width={232}
      height={232}
      viewBox={`0 0 ${side} ${side}`}
      role="img"
      aria-label={name}
      shapeRendering="crispEdges"
    >
      <rect width={side} height={side} fill="#fff" />
      <path d={cells.join('')} fill="#000" />
    </svg>
  );
}
