package io.orchscope.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;

/** What a device shows after a login: a question, perhaps, and then its prompt for ever. */
final class DeviceShell implements Command {

  private static final int END_OF_TEXT = 4;

  private final boolean asksFirst;
  private final Counters counters;
  private InputStream in = InputStream.nullInputStream();
  private OutputStream out = OutputStream.nullOutputStream();
  private ExitCallback exit = (code, message, immediately) -> {};
  private Thread reader = new Thread();

  DeviceShell(boolean asksFirst, Counters counters) {
    this.asksFirst = asksFirst;
    this.counters = counters;
  }

  @Override
  public void setInputStream(InputStream in) {
    this.in = in;
  }

  @Override
  public void setOutputStream(OutputStream out) {
    this.out = out;
  }

  @Override
  public void setErrorStream(OutputStream err) {}

  @Override
  public void setExitCallback(ExitCallback callback) {
    this.exit = callback;
  }

  @Override
  public void start(ChannelSession channel, Environment environment) {
    reader = new Thread(this::converse, "simulated-device");
    reader.setDaemon(true);
    reader.start();
  }

  @Override
  public void destroy(ChannelSession channel) {
    reader.interrupt();
  }

  private void converse() {
    try {
      say("\r\nSimulated device, for nobody else.\r\n");
      if (asksFirst) {
        say("Previous session was not closed. Continue? [Y|N] ");
        int answer = in.read();
        if (answer != 'Y' && answer != 'y') {
          exit.onExit(0);
          return;
        }
        say("\r\n");
      }
      prompt();
      exit.onExit(0);
    } catch (IOException gone) {
      exit.onExit(1);
    }
  }

  /** Answers every line with a prompt, until the caller has enough. */
  private void prompt() throws IOException {
    say("device# ");
    StringBuilder line = new StringBuilder();
    for (int read = in.read(); read >= 0 && read != END_OF_TEXT; read = in.read()) {
      if (read != '\r' && read != '\n') {
        line.append((char) read);
      } else if (line.toString().equals("exit")) {
        return;
      } else {
        if (line.length() > 0) {
          counters.count("devices.commands");
          line.setLength(0);
        }
        say("\r\ndevice# ");
      }
    }
  }

  private void say(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }
}
