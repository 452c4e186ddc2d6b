import { Component, type ReactNode } from "react";
import { Blank } from "../parts/blank";
import { Button } from "../parts/button";

interface Props {
  /** Where we are: at another place it is tried again. */
  place: string;
  children: ReactNode;
}

/** Boundary keeps the rest of the dashboard when a page breaks, and says so instead of showing nothing. */
export class Boundary extends Component<Props, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override componentDidUpdate(before: Props) {
    if (this.state.broken && before.place !== this.props.place) this.setState({ broken: false });
  }

  override render() {
    if (!this.state.broken) return this.props.children;
    return (
      <div className="centered" role="alert">
        <Blank
          icon="alert"
          title="This page has stopped working"
          action={
            <Button icon="refresh" onClick={() => location.reload()}>
              Load it again
            </Button>
          }
        >
          That is our mistake. What was saved is safe; drafts of answers are kept in this browser.
        </Blank>
      </div>
    );
  }
}
