/** HowTheyRun is what there is to know about automations, for whoever wonders. */
export function HowTheyRun() {
  return (
    <section className="card rules-know" aria-labelledby="how-they-run">
      <h2 id="how-they-run">How automations run</h2>
      <ul>
        <li>
          <strong>From top to bottom.</strong> Each sees the conversation as those above have left it.
        </li>
        <li>
          <strong>Once in each conversation,</strong> unless you let one run again.
        </li>
        <li>
          <strong>Never in a circle.</strong> What an automation does, or a bot that it started, sets off no
          other automation. After 50 runs in one conversation within 24 hours all of them rest there.
        </li>
        <li>
          <strong>One failure stops nothing.</strong> What could not be done is told in the conversation, and
          the rest is done.
        </li>
        <li>
          <strong>What they write is mailed like your answers</strong> if it stays unread. It is no answer,
          though: who waits for you still waits.
        </li>
        <li>
          <strong>From when you save them.</strong> What was before is left alone; only those about time look
          at all open conversations at once.
        </li>
      </ul>
    </section>
  );
}
