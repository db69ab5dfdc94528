'use client';

import './globals.css';

/** Last resort, when even the layout failed: no messages, no fonts, nothing that could fail again. Says it in all three languages. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body>
        <main className="page-column flex min-h-dvh flex-col items-center justify-center gap-3 text-center">
          <h1 className="text-2xl">Something broke on our side</h1>
          <p lang="pt-BR">Algo quebrou do nosso lado. Recarregue a página.</p>
          <p lang="es">Algo falló de nuestro lado. Vuelve a cargar la página.</p>
          {error.digest && <code className="font-mono text-muted-foreground text-sm">{error.digest}</code>}
        </main>
      </body>
    </html>
  );
}
