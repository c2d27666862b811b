import type { PrintedLine } from "#worker";
import { formatTime } from "./words.ts";

/** What a run printed: when, by whom, what. */
export function PrintedLines({ lines }: { lines: readonly PrintedLine[] }) {
  if (lines.length === 0) return <p class="soft">It printed nothing.</p>;
  return (
    <div class="printed">
      <table>
        <caption class="hidden-visually">Printed lines</caption>
        <thead>
          <tr>
            <th scope="col">time</th>
            <th scope="col">who</th>
            <th scope="col">printed</th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, i) => (
            <tr key={i}>
              <td class="time">{formatTime(line.timeNs)}</td>
              <td class="thread">{line.actor}</td>
              <td class="text">{line.text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
