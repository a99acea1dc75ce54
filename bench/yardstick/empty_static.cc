// The least that a program can cost: statically linked, and nothing to do.

int main() {
  return 0;
}
